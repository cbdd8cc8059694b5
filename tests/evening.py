"""The evening of the tests' performance: a clock to set, tickets to buy, two gates to stand at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlalchemy as sa

from stage import Stage, stage
from ticketing.admission.admit import admit
from ticketing.admission.answer import Answer
from ticketing.admission.models import Scan
from ticketing.foundation.clock import DAY, SetClock, SystemClock
from ticketing.foundation.desk import open_desk
from ticketing.programme.models import Performance
from ticketing.tickets.models import Ticket
from ticketing.tickets.sign import TicketCode, sign
from ticketing.venues.register import register_gate

GATE, OTHER_GATE = "main", "north"
nonces = count()


@dataclass
class Evening:
    world: Stage
    clock: SetClock
    performance: sa.Row[Any]

    def ticket(self) -> sa.Row[Any]:
        """Buy a seat of this performance, the day before."""
        now, self.clock.at = self.clock.at, self.performance.starts_at - DAY
        sold = self.world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one()
        (ticket,) = self.world.tickets(self.world.buy(self.world.seats(1, skip=sold)))
        self.clock.at = now
        return ticket

    def lawn_ticket(self) -> sa.Row[Any]:
        """Take a place on the lawn, the day before this performance."""
        now, self.clock.at = self.clock.at, self.performance.starts_at - DAY
        (ticket,) = self.world.tickets(self.world.place(self.world.hold_on_the_lawn(1)))
        self.clock.at = now
        return ticket

    def code(self, ticket: sa.Row[Any], *, number: int = 0, issue: int = 0) -> str:
        """Return what the ticket's QR says, or would with another number or issue."""
        query = sa.select(Performance.number).where(Performance.id == ticket.performance_id)
        code = TicketCode(
            ticket.key_id, self.world.ask(query).scalar_one(), number or ticket.number,
            issue or ticket.issue,
        )  # fmt: skip
        return sign(code, self.world.keys.private[ticket.key_id])

    def scan(self, code: str, *, nonce: str = "", gate: str = GATE, **more: Any) -> Answer:
        performance = more.pop("performance", self.performance.id)
        values = {"at": None, "direction": "in", "by": "test"} | more
        return self.world.desk.write_now(
            admit, gate, performance, code, nonce or f"nonce-{next(nonces)}",
            self.world.keys.public, **values,
        )  # fmt: skip

    def stored(self) -> list[str]:
        """Return the verdicts of every attempt, in the order they were made."""
        return list(self.world.ask(sa.select(Scan.verdict).order_by(Scan.received_at)).scalars())


@contextmanager
def evening_of(url: str) -> Iterator[Evening]:
    """Begin when the doors open."""
    clock = SetClock(SystemClock().now())
    desk = open_desk(url, clock)
    world = stage(desk)
    query = sa.select(Performance.__table__).where(Performance.id == world.performance)
    performance = world.ask(query).one()
    label = {"zh": "门 B", "en": "Gate B"}
    desk.write_now(register_gate, OTHER_GATE, hall_id=performance.hall_id, label=label, by="test")
    clock.at = performance.doors_at
    yield Evening(world, clock, performance)
    desk.close()
