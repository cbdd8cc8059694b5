"""The tests' world: the shipped fixtures on a database of its own, and the acts of a buyer."""

from dataclasses import dataclass
from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.box_office.sell import CounterSale, sell
from ticketing.checkout.place import Placed, Wish, place
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import HOUR, Clock
from ticketing.inventory.claim import Claim, claim_all
from ticketing.inventory.hold import hold, hold_best
from ticketing.inventory.hold_record import Held
from ticketing.orders.create import Buyer
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard, hear
from ticketing.pricing.models import TicketType
from ticketing.processing.apply_event import apply_event
from ticketing.programme.models import Performance
from ticketing.programme.on_sale import terms
from ticketing.seating.models import SeatRow
from ticketing.tickets.keys import Keyring, ensure_key, keyring
from ticketing.tickets.models import Ticket
from ticketing.world.load import load_world, shipped
from ticketing.world.seed import seed

SECRET_KEY = "a secret key for tests alone"
BUYER = Buyer("陈静", "13800001234", "chen@example.com")


def fill(url: str, clock: Clock | None = None) -> None:
    """Seed the shipped world: a programme and nothing sold."""
    desk = open_desk(url, clock)
    seed(desk, load_world(shipped()))
    desk.write_now(ensure_key, SECRET_KEY)
    desk.close()


@dataclass
class Stage:
    """``performance`` is on sale in the black box with prices, ``lawn`` is free and unnumbered."""

    desk: Desk
    keys: Keyring
    performance: str
    lawn: str

    def slug(self, performance_id: str) -> str:
        query = sa.select(Performance.slug).where(Performance.id == performance_id)
        return str(self.ask(query).scalar_one())

    def seats(self, count: int, section: str = "stool", skip: int = 0) -> list[str]:
        query = (
            sa.select(SeatRow.id)
            .join(Performance, Performance.plan_id == SeatRow.plan_id)
            .where(Performance.id == self.performance, SeatRow.section == section)
        )
        found = self.ask(query.order_by(SeatRow.position).offset(skip).limit(count))
        return list(found.scalars())

    def ask(self, query: sa.Executable) -> sa.Result[Any]:
        return self.desk.read_now(frozen, query)()

    def hold(self, seats: list[str], performance: str = "") -> Held:
        return self.desk.write_now(
            hold, performance or self.performance, seats, by="test", minutes=15
        )

    def take_all(self) -> None:
        """Let somebody else hold every seat that is still free."""
        self.desk.write_now(take_the_rest, self.performance)

    def hold_on_the_lawn(self, count: int) -> Held:
        return self.desk.write_now(
            hold_best, self.lawn, count, None, by="test", minutes=15, rng=Random(1)
        )

    def place(self, held: Held, **wish: object) -> Placed:
        kind = self.first_type(held.performance_id)
        values = {
            "token": held.token, "buyer": BUYER, "types": dict.fromkeys(held.seats, kind),
            "gateway": PLAY, "expected": None, "lang": "zh",
        }  # fmt: skip
        return self.desk.write_now(place, Wish(**{**values, **wish}), by="test", minutes=15)  # type: ignore[arg-type]

    def first_type(self, performance_id: str) -> str:
        query = sa.select(TicketType.key).where(TicketType.performance_id == performance_id)
        return str(self.ask(query.order_by(TicketType.position)).scalars().first())

    def pay(self, placed: Placed, outcome: Heard = Heard.PAID) -> None:
        event = (PLAY.key, f"{placed.payment_id}:{outcome}")
        self.desk.write_now(hear, *event, outcome, placed.payment_id, {})
        self.desk.write_now(apply_event, *event)

    def buy(self, seats: list[str]) -> Placed:
        """Hold, order and pay."""
        placed = self.place(self.hold(seats))
        self.pay(placed)
        return placed

    def sell_at_counter(self, seats: list[str], kind: str = "funded") -> str:
        """Return the order's number."""
        price = {"funded": 6000, "full": 12000}[kind]
        sale = CounterSale(
            self.performance, dict.fromkeys(seats, kind), Buyer(), price * len(seats), "zh"
        )
        return self.desk.write_now(sell, sale, by="staff:mei")

    def tickets(self, placed: Placed) -> list[sa.Row[Any]]:
        query = sa.select(Ticket.__table__).where(Ticket.order_id == placed.order.id)
        return list(self.ask(query.order_by(Ticket.seat_id)))


def take_the_rest(tx: Tx, performance: str, *, now: int) -> None:
    plan = terms(tx, performance).plan_id
    seats = tx.execute(sa.select(SeatRow.id).where(SeatRow.plan_id == plan)).scalars()
    claims = [Claim(seat, "somebody", now + HOUR) for seat in seats]
    claim_all(tx, performance, plan, claims, now=now)


def frozen(tx: Tx, query: sa.Executable) -> sa.FrozenResult[Any]:
    """Return the answer so that it can be read when the transaction is over."""
    return tx.execute(query).freeze()


def stage(desk: Desk) -> Stage:
    def first(slug: str) -> str:
        query = sa.select(Performance.id).where(Performance.slug.startswith(slug))
        return str(desk.read_now(lambda tx: tx.execute(query).scalars().first()))

    keys = desk.read_now(keyring, SECRET_KEY)
    return Stage(desk, keys, first("tiandishu-demo-"), first("hushang-"))
