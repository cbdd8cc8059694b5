"""What people do to the house, as every rung of the ladder does it; what they were told is kept.

Only this file meets the signatures of the acts.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

import sqlalchemy as sa

from simulation.linear import NEVER, Op
from ticketing.admission.admit import admit
from ticketing.admission.models import Verdict
from ticketing.box_office.cancel import cancel_order
from ticketing.caretaker import act_on_events, lapse_orders
from ticketing.checkout import place
from ticketing.checkout.api import place_once
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import Wish
from ticketing.checkout.settle import settle
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.db import Tx
from ticketing.foundation.desk import Desk
from ticketing.inventory import change, hold, renew
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.held import Held
from ticketing.orders.agree import Buyer
from ticketing.orders.models import Order
from ticketing.payments.inbox import Heard, hear
from ticketing.payments.models import Gateway
from ticketing.tickets.models import Ticket

R = TypeVar("R")
MINUTES = 15


class Lost(Exception):
    """No answer came. ``done``: the act had run to its end, so its commit may have been stored."""

    def __init__(self, done: bool, answer: Any) -> None:
        self.done, self.answer = done, answer


Told = tuple[str, str, list[str], int]  # kind, who, seats, until: see linear.Op


class Ordered(NamedTuple):
    """``payment``: its id, empty where nothing is to be paid; ``token`` and ``seats``: the hold's."""

    number: str
    secret: str
    payment: str
    token: str
    seats: list[str]


@dataclass
class Acts:
    """``kind``: the type of every ticket; ``run``: runs a coroutine to its end."""

    desk: Desk
    performance: str
    kind: str
    rng: Random
    clock: Clock = field(default_factory=SystemClock)
    run: Callable[[Coroutine[Any, Any, None]], Any] = asyncio.run
    history: list[Op] = field(default_factory=list)
    _added: dict[str, list[str]] = field(default_factory=dict)  # hold: what it was ever changed to
    _began: dict[str, int] = field(default_factory=dict)  # hold or order: when it was first asked

    def hold(self, seats: list[str], by: str) -> Held:
        return self._ask(held, hold.hold, self.performance, seats, by=by, minutes=MINUTES)

    def best(self, quantity: int, by: str) -> Held:
        return self._ask(
            held, hold.hold_best, self.performance, quantity, None,
            by=by, minutes=MINUTES, rng=self.rng,
        )  # fmt: skip

    def change(self, old: Held, add: list[str], drop: list[str]) -> Held:
        self._added.setdefault(old.token, []).extend(add)
        told: list[Told] = [
            ("hold", old.token, add, old.held_until), ("release", old.token, drop, 0)
        ]  # fmt: skip
        return self._ask(lambda _: told, change.change, old.token, add, drop)

    def renew(self, old: Held) -> Held:
        return self._ask(held, renew.renew, old.token, minutes=MINUTES)

    def release(self, old: Held) -> None:
        seats = sorted({*old.seats, *self._added.get(old.token, [])})
        told: Told = ("release", old.token, seats, 0)
        self._ask(lambda _: [told], change.release, old.token)

    def place(self, old: Held) -> Ordered:
        """Order, with a key of its own: asked again, when no answer came, it answers the same."""
        began = self._began.setdefault(old.token, self.clock.now())
        buyer = Buyer("陈静", email=f"{old.token}@example.com")
        wish = Wish(old.token, buyer, dict.fromkeys(old.seats, self.kind), Gateway.PLAY, None, "zh")
        answer = self.desk.write_now(
            place_once, wish, old.token, str(old.seats), by="buyer", minutes=MINUTES, base_url=""
        )
        until = self.ask(sa.select(Order.pay_by).where(Order.number == answer["number"])) or 0
        self._note(("order", old.token, old.seats, until), began, self.clock.now())
        payment = answer["payment"]["url"].rpartition("/")[2]
        return Ordered(answer["number"], answer["secret"], payment, old.token, old.seats)

    def pay_again(self, order: Ordered) -> str:
        """Return the payment's id."""
        return self.desk.write_now(pay_again, order.secret, Gateway.PLAY)

    def tell(self, order: Ordered, event: str, kind: Heard, payment: str) -> None:
        """The provider tells of a payment: stored, then acted upon, as its door does."""
        began = self._began.setdefault(order.number, self.clock.now())
        sold: Told = ("sell", order.token, order.seats, 0)
        try:
            self.desk.write_now(hear, Gateway.PLAY, event, kind, payment, {})
            self.desk.write_now(settle, Gateway.PLAY, event)
            paid = self.ask(sa.select(Order.paid_at).where(Order.number == order.number))
        except Lost:
            if began:
                self._note(sold, began, NEVER, ok=None)
            raise
        if paid is not None and self._began[order.number]:
            self._began[order.number] = 0  # sold once, so it is written down once
            self._note(sold, began, self.clock.now())

    def cancel(self, order: Ordered) -> None:
        told: Told = ("cancel", order.token, order.seats, 0)
        self._ask(lambda _: [told], cancel_order, order.number, by="counter")

    def shorts(self) -> list[str]:
        """Return the short number of every ticket."""
        query = sa.select(Ticket.short).where(Ticket.performance_id == self.performance)
        return self.desk.read_now(
            lambda tx: list(tx.execute(query.order_by(Ticket.short)).scalars())
        )

    def admit(self, short: str, nonce: str) -> Verdict:
        return self.desk.write_now(
            admit, "main", self.performance, short, nonce, {},
            at=None, direction="in", by="usher",
        ).verdict  # fmt: skip

    def rounds(self) -> None:
        self.run(lapse_orders(self.desk, {}))
        self.run(act_on_events(self.desk, {}))

    def ask(self, query: sa.Select[Any]) -> Any:
        return self.desk.read_now(scalar, query)

    def _ask(
        self, told: Callable[[Any], list[Told]], act: Callable[..., R], *args: Any, **named: Any
    ) -> R:
        """``told``: what an answer says of which seats."""
        began = self.clock.now()
        try:
            answer = self.desk.write_now(act, *args, **named)
        except SeatsTaken as taken:
            self._note(("hold", "", taken.fields["seats"], 0), began, self.clock.now(), ok=False)
            raise
        except Lost as lost:
            for each in told(lost.answer) if lost.done else []:
                self._note(each, began, NEVER, ok=None)
            raise
        for each in told(answer):
            self._note(each, began, self.clock.now())
        return answer

    def _note(self, told: Told, began: int, end: int, *, ok: bool | None = True) -> None:
        kind, who, seats, until = told
        self.history += [Op(seat, kind, who, began, end, ok, until) for seat in seats]


def held(answer: Held) -> list[Told]:
    return [("hold", answer.token, answer.seats, answer.held_until)]


def scalar(tx: Tx, query: sa.Select[Any]) -> Any:
    return tx.execute(query).scalars().first()


@contextmanager
def minutes_of(milliseconds: int) -> Iterator[None]:
    """Inside, a minute of a hold or of an order lasts so long in this process."""
    with ExitStack() as stack:
        for module in (hold, renew, place):
            stack.enter_context(patch.object(module, "MINUTE", milliseconds))
        yield
