"""Every state that a night can be in, each a performance of its own, made by the house's own acts."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from typing import Any

import msgspec
import sqlalchemy as sa

from stage import Stage
from ticketing.admission.admit import Attempt, admit
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.comp import CompWish, comp
from ticketing.checkout.place import Placed
from ticketing.desk.db import Tx
from ticketing.desk.outbox import MOST_ATTEMPTS, Letter, failed
from ticketing.foundation.clock import DAY, HOUR, MINUTE, SetClock
from ticketing.foundation.errors import Refused
from ticketing.inventory.allocate import allocate
from ticketing.inventory.hold import hold_best
from ticketing.inventory.models import KeptFor
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.invoices.request import ask_for_invoice
from ticketing.ledger.earn import earn
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.models import DisputeStatus, Refund, RefundStatus
from ticketing.payments.provider import (
    BankDispute,
    RefundFound,
    RefundState,
    SessionState,
    SessionStatus,
    Trouble,
)
from ticketing.processing.apply_event import apply_state
from ticketing.processing.disputes import learn_trouble
from ticketing.programme.cancel import cancel
from ticketing.programme.models import Performance
from ticketing.programme.pause import pause
from ticketing.returns.cancelled_performance import pay_back
from ticketing.returns.notify_change import notify_change
from ticketing.returns.refund import paid_out, told_of_refund
from ticketing.returns.return_tickets import return_tickets
from ticketing.settlement.sheet import digest_of, draw_up
from ticketing.settlement.sign_off import sign_off
from ticketing.tickets.models import Ticket
from ticketing.tickets.sign import TicketCode, sign
from ticketing.world.load import World, load_world, shipped
from ticketing.world.seed import renew
from ticketing.world.showings import performance_id

WHY = {"zh": "主演受伤", "en": "The lead is hurt"}
GATES = {"black-box": "main", "lawn": "lakeside"}
numbers = count(1)


@dataclass
class Night:
    """One performance; ``stage.performance`` is its id. The clock is the world's."""

    stage: Stage
    clock: SetClock
    hall: str
    staff: str
    row: sa.Row[Any] = field(init=False)
    tokens: list[str] = field(default_factory=list)  # of holds that run

    def __post_init__(self) -> None:
        query = sa.select(Performance.__table__).where(Performance.id == self.stage.performance)
        self.row = self.stage.ask(query).one()

    def do(self, act: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return self.stage.desk.write_now(act, *given, **named)

    def buy(self, quantity: int = 2, gateway: Any = None) -> Placed:
        """Buy the day before it begins, or now, whichever is sooner; by Stripe where it is named."""
        now = self.clock.at
        self.clock.at = min(now, self.row.starts_at - DAY)
        held = self.do(
            hold_best, self.row.id, quantity, None, by=f"b{next(numbers)}", minutes=15,
            rng=Random(1),
        )  # fmt: skip
        placed = self.stage.place(held, **({"gateway": gateway} if gateway else {}))
        if gateway is STRIPE:
            seen = SessionState(
                SessionStatus.PAID, placed.order.total, "CNY", f"ch_{placed.payment_id}"
            )
            self.do(apply_state, placed.payment_id, seen)
        elif gateway is None and placed.payment_id:
            self.stage.pay(placed)
        self.clock.at = now
        return placed

    def hold(self) -> None:
        """Hold a seat, where somebody may."""
        with suppress(Refused):
            held = self.do(hold_best, self.row.id, 1, None, by="walk", minutes=15, rng=Random(1))
            self.tokens.append(held.token)

    def order(self, gateway: Any = STRIPE) -> Placed:
        """Order without paying."""
        return self.stage.place(self.stage.hold(self.stage.seats(1, skip=20)), gateway=gateway)

    def sell(self, kind: str = "full") -> str:
        now, self.clock.at = self.clock.at, min(self.clock.at, self.row.starts_at - DAY)
        number = self.stage.sell_at_counter(self.stage.seats(1, skip=30), kind)
        self.clock.at = now
        return number

    def cancel(self) -> None:
        self.do(cancel, self.row.id, WHY, by=self.staff)

    def pay_back(self) -> None:
        query = sa.select(Order.id).where(Order.performance_id == self.row.id)
        for order in self.stage.ask(query).scalars():
            self.do(pay_back, order)

    def refunds(self, status: RefundStatus) -> None:
        """Let the provider say so of every refund of this night."""
        query = sa.select(Refund.id).join(Order, Order.id == Refund.order_id)
        for refund in self.stage.ask(query.where(Order.performance_id == self.row.id)).scalars():
            self.do(told_of_refund, refund, RefundState(status, f"re_{refund}"))

    def admit(self) -> None:
        """Let in whoever has a live ticket, a minute after the doors open."""
        now, self.clock.at = self.clock.at, self.row.doors_at + MINUTE
        here = sa.and_(Ticket.performance_id == self.row.id, Ticket.voided_at.is_(None))
        for ticket in self.stage.ask(sa.select(Ticket.__table__).where(here)):
            code = sign(
                TicketCode(ticket.key_id, self.row.number, ticket.number, ticket.issue),
                self.stage.keys.private[ticket.key_id], b"",
            )  # fmt: skip
            attempt = Attempt(GATES[self.hall], self.row.id, code, f"night-{next(numbers)}")
            self.do(admit, attempt, self.stage.keys, by=self.staff)
        self.clock.at = now

    def sign(self) -> None:
        sheet = self.stage.desk.read_now(draw_up, self.row.id, self.clock.at)
        self.do(sign_off, self.row.id, digest_of(sheet), "Mei", "", by=self.staff)


@dataclass(frozen=True)
class State:
    """``starts``: minutes from now; ``changes``: of the file's entry; ``acts``: what happens to it."""

    starts: int
    acts: Callable[[Night], object] = lambda night: None
    changes: dict[str, Any] = field(default_factory=dict)
    hall: str = "black-box"


def sold_out(night: Night) -> None:
    night.buy(2)


def all_held(night: Night) -> None:
    night.stage.take_all()


def kept(night: Night) -> None:
    seats = night.stage.seats(4)
    later = night.clock.at + HOUR
    mine = night.do(allocate, night.row.id, seats, KeptFor.PRESS, "晚报", later, by=night.staff)
    wish = CompWish(night.row.id, seats[:1], mine, Buyer("王"), "报道", night.staff, "zh")
    night.do(comp, wish, by=night.staff)


def told(night: Night) -> None:
    night.buy(1)
    until = night.row.starts_at - HOUR
    night.do(notify_change, night.row.id, WHY, closes_at=until, by=night.staff)
    night.do(sell_returns_at, night.row.id, night.clock.at + HOUR, by=night.staff)


def returned(night: Night) -> None:
    placed = night.buy(2)
    night.do(return_tickets, placed.order.secret, [placed.order.lines[0].id], None, by="b")
    night.do(cancel_order, night.sell(), by=night.staff)
    night.do(ask_for_invoice, placed.order.secret, "南湖", "", "a@example.com")


def waiting(night: Night) -> None:
    night.order()
    night.buy(1, COUNTER)


def unsent(night: Night) -> None:
    night.buy(1)
    night.do(fail_letters, night.row.id)


def fail_letters(tx: Tx, performance_id: str, *, now: int) -> None:
    for letter in tx.execute(sa.select(Letter.id)).scalars():
        failed(tx, letter, MOST_ATTEMPTS, "SMTPRecipientsRefused", now=now)


def disputed(night: Night) -> None:
    placed = night.buy(1, STRIPE)
    claim = BankDispute(RefundFound("dp_1", placed.order.total, "CNY"), DisputeStatus.OPEN)
    night.do(learn_trouble, f"ch_{placed.payment_id}", Trouble([claim], []))


def entered(night: Night) -> None:
    night.buy(2)
    night.sell()
    night.admit()
    night.buy(1)


def settled(night: Night) -> None:
    entered(night)
    night.do(earn, night.row.id)
    night.sign()


def cancelled_with(status: RefundStatus | None) -> Callable[[Night], None]:
    def acts(night: Night) -> None:
        night.buy(2, STRIPE)
        night.cancel()
        if status is not None:
            night.pay_back()
            if status is not RefundStatus.OWED:
                night.refunds(status)

    return acts


def cash_to_pay(night: Night) -> None:
    night.sell()
    night.cancel()
    night.pay_back()


def cash_paid(night: Night) -> None:
    cash_to_pay(night)
    night.do(pay_out_all, night.row.id, by=night.staff)


def pay_out_all(tx: Tx, performance_id: str, *, by: str, now: int) -> None:
    query = sa.select(Refund.id).join(Order, Order.id == Refund.order_id)
    for refund in tx.execute(query.where(Order.performance_id == performance_id)).scalars().all():
        paid_out(tx, refund, by=by, now=now)


def cancelled_free(night: Night) -> None:
    night.buy(2)
    night.cancel()
    night.pay_back()


def came(night: Night) -> None:
    night.buy(2)
    night.admit()


def paused_and_cancelled(night: Night) -> None:
    night.buy(1)
    night.do(pause, night.row.id, by=night.staff)
    night.cancel()


def cancelled_and_signed(night: Night) -> None:
    night.cancel()
    night.sign()


SOON, PAST, OPEN_DOORS, RUNNING = 3 * 24 * 60, -300, 15, -30
STATES = {
    "not-yet": State(SOON, changes={"sale_opens": "now+2h"}),
    "no-orders": State(SOON),
    "sold-out": State(SOON, sold_out, {"capacity": 2}),
    "all-held": State(SOON, all_held),
    "kept-and-comps": State(SOON, kept),
    "waiting": State(SOON, waiting, {"reserve_minutes": 1440}),
    "told-of-change": State(SOON, told),
    "returned": State(SOON, returned),
    "letters-given-up": State(SOON, unsent),
    "disputed": State(SOON, disputed),
    "sale-over": State(SOON, changes={"sale_closes": "now-1h"}),
    "no-price-in-time": State(SOON),
    "paused": State(SOON, lambda night: night.do(pause, night.row.id, by=night.staff)),
    "paused-and-cancelled": State(SOON, paused_and_cancelled),
    "doors-open": State(OPEN_DOORS, entered),
    "doors-open-rotating": State(OPEN_DOORS, entered, {"rotating": "strict", "late_breaks": (10,)}),
    "running": State(RUNNING, entered),
    "running-nobody-came": State(RUNNING, lambda night: night.buy(2)),
    "past": State(PAST, entered),
    "past-no-orders": State(PAST),
    "past-and-signed": State(PAST, settled),
    "cancelled-nothing-sold": State(SOON, Night.cancel),
    "cancelled-and-signed": State(SOON, cancelled_and_signed),
    "cancelled-before-paying-back": State(SOON, cancelled_with(None)),
    **{
        f"cancelled-refunds-{status}": State(SOON, cancelled_with(status))
        for status in (RefundStatus.OWED, RefundStatus.PENDING, RefundStatus.SUCCEEDED,
                       RefundStatus.FAILED)
    },
    "cancelled-cash-to-pay": State(SOON, cash_to_pay),
    "cancelled-cash-paid": State(SOON, cash_paid),
    "cancelled-past": State(PAST, cancelled_with(RefundStatus.SUCCEEDED)),
    "free": State(SOON, lambda night: night.buy(2), hall="lawn"),
    "free-sold-out": State(SOON, sold_out, {"capacity": 2}, "lawn"),
    "free-cancelled": State(
        SOON, cancelled_free, hall="lawn"
    ),
    "free-past": State(PAST, came, hall="lawn"),
}  # fmt: skip


def all_nights(stage: Stage, clock: SetClock, staff: str) -> dict[str, Night]:
    """Put on each state's performance, two weeks ago, and let happen what makes the state."""
    world, nights = load_world(shipped()), {}
    for name, state in STATES.items():
        here = put(stage, world, name, state)
        nights[name] = Night(replace(stage, performance=here), clock, state.hall, staff)
    for name, night in nights.items():
        STATES[name].acts(night)
        night.hold()
    return nights


def put(stage: Stage, world: World, name: str, state: State) -> str:
    slug = "hushang" if state.hall == "lawn" else "tiandishu-demo"
    like = next(each for each in world.file.performances if each.slug.startswith(slug))
    begins = state.starts
    entry = msgspec.structs.replace(
        like, slug=f"state-{name}", doors=at(begins - 30), starts=at(begins), ends=at(begins + 90),
        sale_opens="now-400h", sale_closes=at(begins), reserve_minutes=None,
    )  # fmt: skip
    entry = msgspec.structs.replace(entry, **state.changes)
    file = world.file if name != "no-price-in-time" else without_prices(world, entry.prices)
    stage.desk.write_now(renew, replace(world, file=file), entry, by="test")
    return str(stage.desk.read_now(performance_id, entry.slug))


def without_prices(world: World, slug: str) -> Any:
    """Return the file with every ticket type of this list sold until a fortnight before."""
    lists = [
        msgspec.structs.replace(listed, ticket_types=[
            msgspec.structs.replace(kind, sold_until_hours=336) for kind in listed.ticket_types
        ])
        if listed.slug == slug else listed
        for listed in world.file.price_lists
    ]  # fmt: skip
    return msgspec.structs.replace(world.file, price_lists=lists)


def at(minutes: int) -> str:
    return f"now{minutes:+d}m"
