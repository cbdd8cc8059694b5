"""The box office with Stripe beside it: the stand-in over HTTP, spoken to by the real library."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from stage import Stage, stage
from stripe_stand_in.events import signature
from stripe_stand_in.hand import KEY, SECRET, Hand, running
from ticketing.audit.verify import verify
from ticketing.caretaker import act_on_events, ask_providers, lapse_orders
from ticketing.checkout.place import Placed
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.orders.models import Order
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.models import PaymentPage
from ticketing.payments.page import page_of
from ticketing.payments.provider import Providers
from ticketing.payments.stripe_gateway import StripeGateway
from ticketing.processing.conversation import hear_of, look, open_page

SHORT = 0.7  # seconds that we wait for an answer here
BACK = "http://127.0.0.1:1/back"


@dataclass
class Till:
    """The box office with Stripe beside it; both clocks are in hand."""

    world: Stage
    hand: Hand
    clock: SetClock
    providers: Providers
    runner: asyncio.Runner

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(coroutine)

    def order(self, count: int = 2, skip: int = 0) -> Placed:
        return self.world.place(self.world.hold(self.world.seats(count, skip=skip)), gateway=STRIPE)

    def open(self, placed: Placed) -> str:
        assert placed.payment_id
        stripe = self.providers[STRIPE.key]
        return str(self.run(open_page(self.world.desk, stripe, placed.payment_id, BACK)))

    def session(self, placed: Placed) -> str:
        """Open the page and return Stripe's name of it."""
        self.open(placed)
        page = self.world.desk.read_now(page_of, str(placed.payment_id))
        assert page is not None
        return str(page.reference)

    def paid(self, placed: Placed, **how: Any) -> str:
        """Pay on Stripe's page; nobody is told yet."""
        session = self.session(placed)
        self.hand.do("pay", ident=session, **how)
        return session

    def come_back(self, placed: Placed) -> None:
        self.run(look(self.world.desk, self.providers, str(placed.payment_id)))

    def tell(self, kind: str = "") -> None:
        """Deliver every event so far, the newest first."""
        for event in self.hand.every("event"):
            if event["type"].startswith(kind):
                body = json.dumps(event)
                self.run(
                    hear_of(
                        self.world.desk, self.providers, STRIPE.key, body.encode(),
                        signature(body, SECRET),
                    )
                )  # fmt: skip

    def rounds(self) -> None:
        for make in (lapse_orders, act_on_events, ask_providers):
            self.run(make(self.world.desk, self.providers))

    def later(self, minutes: float) -> None:
        self.clock.forward(round(minutes * MINUTE))
        self.hand.do("advance", seconds=round(minutes * 60))

    def ask(self, query: sa.Executable) -> Any:
        return self.world.ask(query).scalar_one()

    def status(self, placed: Placed) -> str:
        return str(self.ask(sa.select(Order.status).where(Order.id == placed.order.id)))

    def charge_of(self, placed: Placed) -> str:
        query = sa.select(PaymentPage.charge).where(PaymentPage.payment_id == placed.payment_id)
        return str(self.ask(query))

    def kept(self) -> int:
        """Return what Stripe keeps for us, before its fees."""
        moves = self.hand.every("balance_transaction")
        return sum(move["amount"] for move in moves if move["type"] != "payout")


@contextmanager
def tilling(world_url: str, patience: float = SHORT) -> Iterator[Till]:
    """In the end every invariant holds, and Stripe would have answered what the stand-in did."""
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    with running() as hand, asyncio.Runner() as runner:
        stripe = StripeGateway(KEY, SECRET, hand.url, patience=patience)
        yield Till(stage(desk), hand, clock, {STRIPE.key: stripe}, runner)
        assert desk.read_now(verify) == []
        assert hand.do("wrong") == []
        runner.run(stripe.hang_up())
    desk.close()
