"""What people do to the house, as every rung of the ladder does it; what they were told is kept.

Only this file and ``holds`` meet the signatures of the acts.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from simulation.holds import MINUTES, Holds, Said
from simulation.linear import NEVER
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.models import Verdict
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.take_payment import take_payment
from ticketing.caretaker import (
    act_on_events,
    ask_providers,
    earn_played,
    lapse_orders,
    pay_back_cancelled,
    reconcile_all,
    release_allocations,
)
from ticketing.checkout.lapse import give_up
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import Wish
from ticketing.checkout.place_once import place_once
from ticketing.desk.db import Tx
from ticketing.foundation.words import Words
from ticketing.inventory.hold_record import Held
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.gateway import Gateway
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import Heard, hear
from ticketing.payments.page import APART, OPEN_AFTER
from ticketing.payments.provider import Providers
from ticketing.processing.apply_event import apply_event
from ticketing.processing.conversation import hear_of, look, open_page
from ticketing.programme.cancel import cancel
from ticketing.returns.return_tickets import return_tickets
from ticketing.tickets.keys import Keyring
from ticketing.tickets.models import Ticket


class Ordered(NamedTuple):
    """``payment``: its id, empty where nothing is to be paid; ``token`` and ``seats``: the hold's."""

    number: str
    secret: str
    payment: str
    token: str
    seats: list[str]


@dataclass
class Acts(Holds):
    """``run``: runs a coroutine to its end.

    ``began``: when a hold was first ordered; ``bought``: the holds whose buyer saw his tickets;
    ``given``: the seats of a hold that a buyer gives back, or tries to.
    """

    run: Callable[[Coroutine[Any, Any, Any]], Any] = asyncio.run
    providers: Providers = field(default_factory=dict)
    began: dict[str, int] = field(default_factory=dict)
    bought: set[str] = field(default_factory=set)
    given: dict[str, set[str]] = field(default_factory=dict)

    def place(self, old: Held, gateway: Gateway = PLAY) -> Ordered:
        """Order, with a key of its own: asked again, when no answer came, it answers the same."""
        began = self.began.setdefault(old.token, self.clock.now())
        buyer = Buyer("陈静", email=f"{old.token}@example.com")
        wish = Wish(old.token, buyer, dict.fromkeys(old.seats, self.kind), gateway, None, "zh")
        answer = self.desk.write_now(
            place_once, wish, old.token, str(old.seats), by="buyer", minutes=MINUTES, base_url=""
        )
        payment = answer["payment"]["url"].rpartition("/")[2]
        order = Ordered(answer["number"], answer["secret"], payment, old.token, old.seats)
        self._note(self._keeps(order, gateway), began, self.clock.now())
        return order

    def pay_again(self, order: Ordered, gateway: Gateway = PLAY) -> str:
        """Return the payment's id."""
        said = [self._keeps(order, gateway)] if gateway.elsewhere else []
        return self._ask(lambda _: said, pay_again, order.secret, gateway)

    def tell(self, order: Ordered, event: str, kind: Heard, payment: str) -> None:
        """The play gateway tells of a payment: stored, then acted upon, as its door does."""
        self.desk.write_now(hear, PLAY.key, event, kind, payment, {})
        self.desk.write_now(apply_event, PLAY.key, event)
        self._see(order)

    def open(self, payment: str) -> str:
        """Return the address of the provider's page."""
        provider = self.providers[STRIPE.key]
        return str(self.run(open_page(self.desk, provider, payment, back="")))

    def come_back(self, order: Ordered, payment: str) -> None:
        """Return from the provider's page to the order's."""
        self.run(look(self.desk, self.providers, payment))
        self._see(order)

    def hear(self, body: bytes, signature: str) -> None:
        self.run(hear_of(self.desk, self.providers, STRIPE.key, body, signature))

    def take_payment(self, order: Ordered, gateway: Gateway) -> None:
        self.desk.write_now(take_payment, order.number, gateway, by="clerk")
        self._see(order)

    def give_up(self, order: Ordered) -> None:
        """What becomes of the seats the database says when all is over."""
        self.desk.write_now(give_up, order.secret)

    def cancel(self, order: Ordered) -> None:
        """Of a seat that somebody gives back as well nobody can say which of the two it was."""
        began = self.clock.now()

        def said(_: None) -> list[Said]:
            perhaps = self.given.get(order.token, set())
            for seat in sorted(perhaps):
                self._note(("cancel", order.token, [seat], 0), began, NEVER, ok=None)
            return [("cancel", order.token, sorted({*order.seats} - perhaps), 0)]

        self._ask(said, cancel_order, order.number, by="counter")

    def give_back(self, order: Ordered, seat: str) -> None:
        """Return one ticket, that of the seat as it was ordered, by the ladder."""
        self.given.setdefault(order.token, set()).add(seat)
        mine = sa.and_(Order.number == order.number, OrderLine.seat_id == seat)
        line = self.ask(sa.select(OrderLine.id).join(Order).where(mine))
        said: Said = ("cancel", order.token, [seat], 0)
        self._ask(lambda _: [said], return_tickets, order.secret, [line], None, by="buyer")

    def cancel_all(self) -> None:
        words = Words(zh="演员受伤。", en="An injury.")
        self.desk.write_now(cancel, self.performance, words, by="organiser")

    def shorts(self) -> list[str]:
        """Return the short number of every ticket."""
        query = sa.select(Ticket.short).where(Ticket.performance_id == self.performance)
        return self.desk.read_now(
            lambda tx: list(tx.execute(query.order_by(Ticket.short)).scalars())
        )

    def admit(self, short: str, nonce: str) -> Verdict:
        return self.desk.write_now(
            admit, Attempt("main", self.performance, short, nonce),
            Keyring({}), by="usher",
        ).verdict  # fmt: skip

    def rounds(self) -> None:
        for make in (lapse_orders, act_on_events, ask_providers):
            self.run(make(self.desk, self.providers))
        for make_ in (pay_back_cancelled, release_allocations, earn_played):
            self.run(make_(self.desk))

    def reconcile(self) -> None:
        self.run(reconcile_all(self.desk, self.providers))

    def ask(self, query: sa.Select[Any]) -> Any:
        return self.desk.read_now(scalar, query)

    def _keeps(self, order: Ordered, gateway: Gateway) -> Said:
        """Until when an order has its seats: while a page may be paid, if it does not lapse before."""
        pay_by = self.ask(sa.select(Order.pay_by).where(Order.number == order.number)) or 0
        until = pay_by + OPEN_AFTER + APART if gateway.elsewhere else pay_by
        return "order", order.token, order.seats, until

    def _see(self, order: Ordered) -> None:
        """Look at the order's page: are there tickets?"""
        paid = self.ask(sa.select(Order.paid_at).where(Order.number == order.number))
        if paid is not None and order.token not in self.bought:
            self.bought.add(order.token)
            self._note(
                ("sell", order.token, order.seats, 0), self.began[order.token], self.clock.now()
            )


def scalar(tx: Tx, query: sa.Select[Any]) -> Any:
    return tx.execute(query).scalars().first()
