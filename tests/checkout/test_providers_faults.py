"""The table of what can go wrong between us and Stripe: tickets valid and paid, or nothing kept.

Real Stripe library, real HTTP, both databases; the other side is the stand-in.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from stripe_stand_in.events import signature
from stripe_stand_in.hand import KEY, SECRET, Hand, running
from ticketing.box_office.cancel import cancel_order
from ticketing.caretaker import act_on_events, ask_providers, lapse_orders
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import Placed
from ticketing.checkout.providers import hear_of, look, open_page
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.foundation.desk import open_desk
from ticketing.orders.models import Order
from ticketing.payments.gateway import NoAnswer, Providers
from ticketing.payments.models import Gateway, Payment, Refund
from ticketing.payments.page import page_of
from ticketing.payments.stripe_gateway import StripeGateway
from ticketing.reports.invariants import verify

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
        return self.world.place(
            self.world.hold(self.world.seats(count, skip=skip)), gateway=Gateway.STRIPE
        )

    def open(self, placed: Placed) -> str:
        assert placed.payment_id
        stripe = self.providers[Gateway.STRIPE]
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
                        self.world.desk, self.providers, Gateway.STRIPE, body.encode(),
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

    def kept(self) -> int:
        """Return what Stripe keeps for us, before its fees."""
        moves = self.hand.every("balance_transaction")
        return sum(move["amount"] for move in moves if move["type"] != "payout")


@pytest.fixture
def till(world_url: str) -> Iterator[Till]:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    with running() as hand, asyncio.Runner() as runner:
        stripe = StripeGateway(KEY, SECRET, hand.url, patience=SHORT)
        yield Till(stage(desk), hand, clock, {Gateway.STRIPE: stripe}, runner)
        assert desk.read_now(verify) == []
        assert hand.do("wrong") == []
        runner.run(stripe.hang_up())
    desk.close()


# What is done, for an order of two seats at 60 yuan; whether there are tickets in the end.
FAULTS: dict[str, tuple[Callable[[Till, Placed], None], bool]] = {}


def fault(name: str, *, tickets: bool) -> Callable[[Callable[[Till, Placed], None]], None]:
    def keep(act: Callable[[Till, Placed], None]) -> None:
        FAULTS[name] = (act, tickets)

    return keep


@fault("nothing: the event comes", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.tell("checkout")


@fault("the event is lost, the buyer comes back", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.come_back(placed)


@fault("the event is lost and the tab is closed", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed, method="wechat_pay")
    till.later(0.6)
    till.rounds()


@fault("every event comes three times, the last first", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    for _ in range(3):
        till.tell()
        till.come_back(placed)


@fault("paid by a wallet that says so later", tickets=True)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.hand.do("pay_later", ident=session)
    till.tell()
    assert till.status(placed) == "awaiting_payment"
    till.hand.do("finish", ident=session, ok=True)
    till.tell()


@fault("a wallet says later that it does not pay", tickets=False)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.hand.do("pay_later", ident=session)
    till.hand.do("finish", ident=session, ok=False)
    till.tell()
    till.later(16)
    till.rounds()


@fault("never paid", tickets=False)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.later(16)
    till.rounds()
    assert till.hand.do("find", ident=session)["status"] == "expired"


@fault("the page was never opened", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.later(16)
    till.rounds()


@fault("paid when the time was over, before its page was closed", tickets=True)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.later(15.5)
    till.hand.do("pay", ident=session)
    till.rounds()


@fault("no answer when the page is to be closed: the seats are kept meanwhile", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.session(placed)
    till.later(16)
    till.hand.do("fault", call="expire", how="after")
    till.rounds()
    assert till.status(placed) == "expiring"
    with pytest.raises(Exception, match="seats-taken"):
        till.world.hold(till.world.seats(2))
    till.rounds()


@fault("no answer for an hour, paid meanwhile, and the seats are sold", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.later(60)
    till.world.buy(till.world.seats(2))
    till.rounds()


@fault("the same, and nothing as good is left", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.later(60)
    till.world.take_all()
    till.rounds()
    till.rounds()


@fault("another sum was paid", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed, amount=6000)
    till.tell()
    till.rounds()
    till.later(16)
    till.rounds()


@fault("another currency was paid", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed, currency="usd")
    till.tell()
    till.rounds()
    till.later(16)
    till.rounds()


@fault("paid twice, the second time elsewhere", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.world.desk.write_now(pay_again, placed.order.secret, Gateway.PLAY)
    again = sa.select(Payment.id).where(Payment.gateway == "play")
    till.world.pay(Placed(placed.order, till.ask(again)))
    till.tell()
    till.rounds()


@fault("paid elsewhere and cancelled, then it succeeds", tickets=False)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.world.desk.write_now(pay_again, placed.order.secret, Gateway.PLAY)
    again = sa.select(Payment.id).where(Payment.gateway == "play")
    till.world.pay(Placed(placed.order, till.ask(again)))
    till.world.desk.write_now(cancel_order, placed.order.number, by="counter")
    till.hand.do("pay", ident=session)
    till.tell()
    till.rounds()


@fault("no answer when the page is opened, though it was", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.hand.do("fault", call="create session", how="after")
    with pytest.raises(NoAnswer):
        till.open(placed)
    till.paid(placed)
    assert len(till.hand.every("checkout.session")) == 1
    till.tell()


@fault("no answer when the page is opened, and it was not", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.hand.do("fault", call="create session", how="before")
    with pytest.raises(NoAnswer):
        till.open(placed)
    till.paid(placed)
    till.tell()


@fault("Stripe breaks, and is too busy, when we look", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    for how in ("500", "429"):
        till.hand.do("fault", call="session", how=how)
        with pytest.raises(NoAnswer):
            till.tell("checkout")
    till.rounds()


def lost_seats(till: Till, placed: Placed) -> None:
    """The money comes when the seats are somebody else's: it is to be given back."""
    till.paid(placed, method="alipay")
    till.later(60)
    till.world.take_all()
    till.come_back(placed)


@fault("no answer when money is given back, though it was", tickets=False)
def _(till: Till, placed: Placed) -> None:
    lost_seats(till, placed)
    till.hand.do("fault", call="create refund", how="after")
    till.rounds()
    till.rounds()
    assert len(till.hand.every("refund")) == 1


@fault("we stop between giving back and storing that, and Stripe forgot the key", tickets=False)
def _(till: Till, placed: Placed) -> None:
    lost_seats(till, placed)
    owed = till.ask(sa.select(Refund.id))
    till.run(till.providers[Gateway.STRIPE].give_back(owed_by(till, owed)))
    till.later(25 * 60)
    till.rounds()
    assert len(till.hand.every("refund")) == 1


def owed_by(till: Till, refund_id: str) -> Any:
    from ticketing.payments.refund import owed_of

    return till.world.desk.read_now(owed_of, refund_id)


@pytest.mark.parametrize("name", FAULTS)
def test_there_are_tickets_that_are_paid_or_nothing_is_kept(till: Till, name: str) -> None:
    act, tickets = FAULTS[name]
    placed = till.order()
    act(till, placed)
    assert till.status(placed) == ("paid" if tickets else till.status(placed))
    live = [row for row in till.world.tickets(placed) if row.voided_at is None]
    assert len(live) == (2 if tickets else 0)
    paid_elsewhere = name.startswith("paid twice")
    assert till.kept() == (12000 if tickets and not paid_elsewhere else 0)


def test_a_refund_that_fails_is_paid_out_by_hand(till: Till) -> None:
    placed = till.order()
    lost_seats(till, placed)
    till.rounds()
    assert till.ask(sa.select(Refund.status)) == "pending"
    (refund,) = till.hand.every("refund")
    till.hand.do("finish_refund", ident=refund["id"], ok=False)
    till.tell("refund")
    assert till.ask(sa.select(Refund.status)) == "failed"
    assert till.kept() == 12000
