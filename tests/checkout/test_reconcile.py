"""What Stripe says and what we stored agree to the fen, and every difference is named."""

from collections.abc import Iterator
from random import Random

import pytest
import sqlalchemy as sa

from day import compare, play
from ticketing.caretaker import reconcile_all, seldom
from ticketing.ledger.models import Account, Posting
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.models import Dispute, DisputeStatus, Payment
from ticketing.processing.reconcile import Difference, differences, fetch
from till import Till, tilling


@pytest.fixture
def till(world_url: str) -> Iterator[Till]:
    with tilling(world_url) as till:
        yield till


def test_a_random_day_reconciles_to_the_fen(till: Till) -> None:
    assert play(till, 60, Random(7)) == []
    assert {"refund", "dispute"} <= {each["reporting_category"] for each in movements(till)}
    theirs = sum(each["net"] for each in movements(till))
    assert balance(till, Account.PROVIDER_CLEARING) == theirs


def movements(till: Till) -> list[dict[str, int]]:
    return till.hand.every("balance_transaction")


def balance(till: Till, account: Account) -> int:
    """Return debits less credits."""
    side = sa.case((Posting.debit == account, Posting.amount), else_=-Posting.amount)
    here = sa.or_(Posting.debit == account, Posting.credit == account)
    return int(till.ask(sa.select(sa.func.coalesce(sa.func.sum(side), 0)).where(here)))


def test_a_charge_we_do_not_know_is_a_difference(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    (found,) = compare(till)
    assert found == Difference("paid", found.charge, "", "CNY", 0, 12000)
    till.come_back(placed)
    assert compare(till) == []


def test_a_payment_they_do_not_know_is_a_difference(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    till.come_back(placed)
    change = sa.update(Payment).values(amount=Payment.amount + 1)
    till.world.desk.write_now(lambda tx, now: tx.execute(change))
    (found,) = compare(till)
    assert (found.order, found.ours, found.theirs) == (placed.order.number, 12001, 12000)
    undo = sa.update(Payment).values(amount=Payment.amount - 1)
    till.world.desk.write_now(lambda tx, now: tx.execute(undo))


@pytest.mark.parametrize(
    ("done", "kind", "amount"),
    [("refund_by_hand", "returned", 500), ("dispute", "disputed", 12000)],
)
def test_what_no_event_told_is_found_by_comparing(
    till: Till, done: str, kind: str, amount: int
) -> None:
    placed = till.order()
    till.paid(placed)
    till.come_back(placed)
    more = {"amount": amount} if kind == "returned" else {}
    till.hand.do(done, intent=till.charge_of(placed), **more)
    till.run(fetch(till.world.desk, STRIPE.key, till.providers[STRIPE.key]))
    (found,) = till.world.desk.read_now(differences, STRIPE.key)
    assert (found.kind, found.ours, found.theirs) == (kind, 0, -amount)
    assert compare(till) == []


def test_the_caretaker_compares_now_and_then(till: Till) -> None:
    placed = till.order()
    till.paid(placed)
    till.come_back(placed)
    till.hand.do("dispute", intent=till.charge_of(placed))
    asked: list[bool] = []

    async def ask() -> None:
        asked.append(True)
        await reconcile_all(till.world.desk, till.providers)

    compare_seldom = seldom(ask, 3600)
    for _ in range(2):
        till.run(compare_seldom())
    assert len(asked) == 1
    assert till.ask(sa.select(Dispute.status)) == DisputeStatus.OPEN
