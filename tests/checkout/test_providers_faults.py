"""The table of what can go wrong between us and Stripe: tickets valid and paid, or nothing kept.

Real Stripe library, real HTTP, both databases; the other side is the stand-in.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from stripe_stand_in.events import signature
from stripe_stand_in.hand import SECRET
from ticketing.admission.admit import Attempt, admit
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import Placed
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.inventory.claim import SeatsTaken
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.models import Payment, PaymentPage, Refund
from ticketing.payments.provider import BadSignature, NoAnswer
from ticketing.processing.conversation import hear_of
from ticketing.programme.models import Performance
from ticketing.reports.sales import sales
from ticketing.returns.quote import Why
from ticketing.returns.refund import BankDecides, paid_out
from ticketing.returns.return_tickets import return_tickets
from ticketing.returns.revoke import NotReturnable
from till import Till, tilling


@pytest.fixture
def till(world_url: str) -> Iterator[Till]:
    with tilling(world_url) as till:
        yield till


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
    till.world.desk.write_now(pay_again, placed.order.secret, PLAY)
    again = sa.select(Payment.id).where(Payment.gateway == "play")
    till.world.pay(Placed(placed.order, till.ask(again)))
    till.tell()
    till.rounds()


@fault("paid elsewhere and cancelled, then it succeeds", tickets=False)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.world.desk.write_now(pay_again, placed.order.secret, PLAY)
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
    till.run(till.providers[STRIPE.key].give_back(owed_by(till, owed)))
    till.later(25 * 60)
    till.rounds()
    assert len(till.hand.every("refund")) == 1


@fault("the provider does not know the page any more", tickets=False)
def _(till: Till, placed: Placed) -> None:
    session = till.session(placed)
    till.later(16)
    till.hand.do("forget", ident=session)
    till.rounds()
    assert till.status(placed) == "expiring"
    till.later(40)
    for _ in range(2):
        till.rounds()
    assert till.status(placed) == "lapsed"


@fault("the provider is not set up any more", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.session(placed)
    gone = till.providers.pop(STRIPE.key)
    till.later(16)
    till.rounds()
    assert till.status(placed) == "expiring"
    till.later(40)
    for _ in range(2):
        till.rounds()
    assert till.status(placed) == "lapsed"
    till.providers[STRIPE.key] = gone


def charge(till: Till) -> str:
    return str(till.ask(sa.select(PaymentPage.charge)))


def disputed(till: Till, placed: Placed, *, won: bool) -> None:
    """The bank takes the money back and decides; each event is told twice."""
    till.paid(placed)
    till.tell("checkout")
    dispute = till.hand.do("dispute", intent=charge(till))
    till.tell("charge.dispute")
    assert till.status(placed) == "paid"
    till.hand.do("close_dispute", ident=dispute["id"], won=won)
    for _ in range(2):
        till.tell("charge.dispute")


@fault("the buyer's bank takes the money back, and keeps it", tickets=False)
def _(till: Till, placed: Placed) -> None:
    disputed(till, placed, won=False)


@fault("the buyer's bank takes the money back, and gives it back", tickets=True)
def _(till: Till, placed: Placed) -> None:
    disputed(till, placed, won=True)


@fault("somebody gives it back at Stripe's own desk", tickets=False)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.tell("checkout")
    till.hand.do("refund_by_hand", intent=charge(till), amount=12000)
    for _ in range(2):
        till.tell("refund")


@fault("somebody was quicker than we with a refund that we owe", tickets=False)
def _(till: Till, placed: Placed) -> None:
    lost_seats(till, placed)
    till.hand.do("refund_by_hand", intent=charge(till), amount=12000)
    till.tell("refund")
    till.rounds()
    assert len(till.hand.every("refund")) == 1
    assert refunds_of(till) == [("paid_out", 0), ("succeeded", 12000)]


@fault("a bank takes what we owe and could not give back", tickets=False)
def _(till: Till, placed: Placed) -> None:
    lost_seats(till, placed)
    dispute = till.hand.do("dispute", intent=charge(till))
    till.tell("charge.dispute")
    till.rounds()
    assert refunds_of(till) == [("failed", 12000)]
    with pytest.raises(BankDecides):
        till.world.desk.write_now(paid_out, till.ask(sa.select(Refund.id)), by="test")
    till.hand.do("close_dispute", ident=dispute["id"], won=False)
    till.tell("charge.dispute")
    assert refunds_of(till) == [("paid_out", 0)]


@fault("paid twice, and a bank takes back what bought nothing", tickets=True)
def _(till: Till, placed: Placed) -> None:
    till.paid(placed)
    till.world.desk.write_now(pay_again, placed.order.secret, PLAY)
    again = sa.select(Payment.id).where(Payment.gateway == "play")
    till.world.pay(Placed(placed.order, till.ask(again)))
    till.come_back(placed)
    dispute = till.hand.do("dispute", intent=charge(till))
    till.hand.do("close_dispute", ident=dispute["id"], won=False)
    till.tell("charge.dispute")
    till.rounds()
    assert refunds_of(till) == [("paid_out", 0)]


def refunds_of(till: Till) -> list[tuple[Any, ...]]:
    """Return the state and what is due of each, in fen."""
    query = sa.select(Refund.status, Refund.amount - Refund.covered).order_by(Refund.id)
    query = sa.select(Refund.status, Refund.amount - Refund.covered)
    return sorted(tuple(row) for row in till.world.ask(query))


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


def test_a_part_given_back_at_stripes_desk_is_a_loss(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    till.tell("checkout")
    till.hand.do("refund_by_hand", intent=charge(till), amount=1000)
    till.tell("refund")
    assert [row.voided_at for row in till.world.tickets(placed)] == [None, None]
    report = till.world.desk.read_now(sales, till.world.performance, 2**52)
    assert (report.money.net, report.money.losses) == (11000, 1000)


def test_a_return_never_gives_more_than_is_left(till: Till) -> None:
    """Of 120 yuan 90 went back at Stripe's desk; half of two tickets at 60 would be 60 more."""
    starts = sa.select(Performance.starts_at).where(Performance.id == till.world.performance)
    two_days_before = till.ask(starts) - 48 * HOUR
    till.later((two_days_before - till.clock.at) / MINUTE)
    placed = till.order()
    till.paid(placed)
    till.tell("checkout")
    till.hand.do("refund_by_hand", intent=charge(till), amount=9000)
    till.tell("refund")
    quote = till.world.desk.write_now(return_tickets, placed.order.secret, [], None, by="buyer")
    assert [(part.amount, part.before) for part in quote.parts] == [(3000, 0), (0, 3000)]
    till.rounds()
    assert till.kept() == 0
    assert till.world.desk.read_now(verify) == []


def test_the_page_of_a_paid_order_is_closed(till: Till) -> None:
    placed = till.order()
    session = till.session(placed)
    till.world.desk.write_now(pay_again, placed.order.secret, PLAY)
    again = sa.select(Payment.id).where(Payment.gateway == "play")
    till.world.pay(Placed(placed.order, till.ask(again)))
    till.later(1)
    till.rounds()
    assert till.hand.do("find", ident=session)["status"] == "expired"
    assert till.status(placed) == "paid"


def test_a_dispute_freezes_ticket_and_return(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    till.tell("checkout")
    till.hand.do("dispute", intent=charge(till))
    till.tell("charge.dispute")
    with pytest.raises(NotReturnable) as refused:
        till.world.desk.write_now(return_tickets, placed.order.secret, [], None, by="buyer")
    assert refused.value.sentence("zh") == Why.DISPUTED.sentence("zh")
    (ticket, _) = till.world.tickets(placed)
    show = till.world.desk.read_now(sales, till.world.performance, 0).performance
    till.clock.at = show.doors_at
    verdict = till.world.desk.write_now(
        admit, Attempt("main", ticket.performance_id, ticket.short, "n"),
        till.world.keys, by="test",
    ).verdict  # fmt: skip
    assert verdict == "unpaid"


def test_events_of_another_account_change_nothing(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    (event,) = [e for e in till.hand.every("event") if e["type"] == "checkout.session.completed"]
    body = json.dumps(event | {"account": "acct_other"})
    till.run(
        hear_of(till.world.desk, till.providers, STRIPE.key, body.encode(), signature(body, SECRET))
    )
    assert till.status(placed) == "awaiting_payment"


@pytest.mark.parametrize("age", [-301, 301])
def test_a_stale_event_and_one_from_the_future_are_refused(till: Till, age: int) -> None:
    body = json.dumps({"id": "evt_1", "object": "event", "type": "x", "data": {"object": {}}})
    when = int(time.time()) + age
    with pytest.raises(BadSignature):
        till.providers[STRIPE.key].hear(body.encode(), signature(body, SECRET, when))


def test_a_forged_event_is_refused(till: Till) -> None:
    body = json.dumps({"id": "evt_1", "object": "event", "type": "x", "data": {"object": {}}})
    with pytest.raises(BadSignature):
        till.providers[STRIPE.key].hear(body.encode(), signature(body, "whsec_other"))


def test_a_second_attempt_keeps_the_seats_while_its_page_can_be_paid(till: Till) -> None:
    placed = till.world.place(till.world.hold(till.world.seats(2)))
    till.world.desk.write_now(pay_again, placed.order.secret, STRIPE)
    till.later(16)
    with pytest.raises(SeatsTaken):
        till.world.hold(till.world.seats(2))
