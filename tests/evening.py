"""The evening of the tests' performance: a clock to set, tickets to buy, two gates to stand at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlalchemy as sa

from stage import Stage, stage
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.answer import Answer
from ticketing.admission.models import Scan
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import DAY, SetClock, SystemClock
from ticketing.payments.gateways.counter import COUNTER
from ticketing.pricing.models import TicketType
from ticketing.programme.models import Performance
from ticketing.tickets.models import Headcount, Ticket
from ticketing.tickets.rotating import gate_key, moment, ticket_secret
from ticketing.tickets.sign import TicketCode, sign
from ticketing.venues.models import Gate
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

    def tickets(self, count: int) -> list[sa.Row[Any]]:
        """Buy neighbours of this performance in one order, the day before."""
        now, self.clock.at = self.clock.at, self.performance.starts_at - DAY
        sold = self.world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one()
        tickets = self.world.tickets(self.world.buy(self.world.seats(count, skip=sold)))
        self.clock.at = now
        return sorted(tickets, key=lambda ticket: str(ticket.id))

    def set_type(self, key: str, **values: Any) -> None:
        here = sa.and_(TicketType.performance_id == self.performance.id, TicketType.key == key)
        self.world.desk.write_now(run, sa.update(TicketType).where(here).values(values))

    def set(self, **values: Any) -> None:
        """Give the performance other values."""
        change = sa.update(Performance).where(Performance.id == self.performance.id)
        self.world.desk.write_now(run, change.values(values))

    def set_gate(self, name: str, **values: Any) -> None:
        self.world.desk.write_now(run, sa.update(Gate).where(Gate.name == name).values(values))

    def approve(self, people: int) -> None:
        change = sa.update(Headcount).where(Headcount.performance_id == self.performance.id)
        self.world.desk.write_now(run, change.values(approved=people, live=people))

    def ticket_now(self) -> sa.Row[Any]:
        """Buy a seat at this moment, as long as it is sold."""
        sold = self.world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one()
        (ticket,) = self.world.tickets(self.world.buy(self.world.seats(1, skip=sold)))
        return ticket

    def reserve(self) -> None:
        """Reserve a seat, to be paid for at the desk, the day before."""
        now, self.clock.at = self.clock.at, self.performance.starts_at - DAY
        self.world.place(self.world.hold(self.world.seats(1)), gateway=COUNTER)
        self.clock.at = now

    def lawn_ticket(self) -> sa.Row[Any]:
        """Take a place on the lawn, the day before this performance."""
        now, self.clock.at = self.clock.at, self.performance.starts_at - DAY
        (ticket,) = self.world.tickets(self.world.place(self.world.hold_on_the_lawn(1)))
        self.clock.at = now
        return ticket

    def code(
        self, ticket: sa.Row[Any], *, number: int = 0, issue: int = 0, rotating: bool = False
    ) -> str:
        """Return what the ticket's QR says, or would with another number or issue, or now."""
        query = sa.select(Performance.number).where(Performance.id == ticket.performance_id)
        code = TicketCode(
            ticket.key_id, self.world.ask(query).scalar_one(), number or ticket.number,
            issue or ticket.issue,
        )  # fmt: skip
        key = gate_key(self.world.keys.secret_key, code.performance)
        secret = ticket_secret(key, code.ticket, code.issue)
        now = bytes(moment(secret, self.clock.at)) if rotating else b""
        return sign(code, self.world.keys.private[ticket.key_id], now)

    def scan(self, code: str, *, nonce: str = "", gate: str = GATE, **more: Any) -> Answer:
        performance = more.pop("performance", self.performance.id)
        attempt = Attempt(gate, performance, code, nonce or f"nonce-{next(nonces)}", **more)
        return self.world.desk.write_now(admit, attempt, self.world.keys, by="test")

    def stored(self) -> list[str]:
        """Return the verdicts of every attempt, in the order they were made."""
        return list(self.world.ask(sa.select(Scan.verdict).order_by(Scan.received_at)).scalars())


def run(tx: Tx, change: sa.Executable, *, now: int) -> None:
    tx.execute(change)


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
