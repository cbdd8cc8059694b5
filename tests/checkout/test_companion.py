"""A companion's ticket goes with a wheelchair place, and back with it; the house sells in its own money."""

import pytest
import sqlalchemy as sa

from stage import SECRET_KEY, Stage
from ticketing.box_office.sell import CounterSale, sell
from ticketing.checkout.place import Placed
from ticketing.desk.desk import Desk
from ticketing.foundation.front import Front
from ticketing.ledger.models import Posting
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order
from ticketing.payments.desk_ways import desk_way
from ticketing.pricing.conditions import NeedsWheelchairPlace
from ticketing.programme.models import Performance
from ticketing.returns.return_tickets import return_tickets
from ticketing.seating.queries import plan
from ticketing.tickets.keys import ensure_key, keyring
from ticketing.world.load import load_world, shipped
from ticketing.world.seed import CurrencyStays, keep_currency, seed


@pytest.fixture
def winter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(Front, "house", Front.house)  # put back afterwards
    seed(desk, load_world(shipped("winterlicht")))
    desk.write_now(ensure_key, SECRET_KEY)
    query = sa.select(Performance.id).where(Performance.slug.startswith("night-ferry-"))
    ferry = str(desk.read_now(lambda tx: tx.execute(query).scalars().first()))
    return Stage(desk, desk.read_now(keyring, SECRET_KEY), ferry, "")


def seats(winter: Stage, kind: str) -> list[str]:
    """Return the wheelchair places, or those beside them."""
    query = sa.select(Performance.plan_id).where(Performance.id == winter.performance)
    drawn = winter.desk.read_now(lambda tx: plan(tx, tx.execute(query).scalar_one()))
    return [seat.id for seat in drawn.seats if kind in seat.attributes]


def order(winter: Stage, types: dict[str, str]) -> Placed:
    return winter.place(winter.hold(list(types)), types=types)


def test_one_companion_comes_with_each_wheelchair(winter: Stage) -> None:
    (wheel, other, *_), (beside, *_) = seats(winter, "wheelchair"), seats(winter, "companion")
    placed = order(winter, {wheel: "full", other: "student", beside: "companion"})
    assert (placed.order.total, placed.order.currency) == (2450, "EUR")
    assert placed.order.number.startswith("WL")


@pytest.mark.parametrize("alone", ["nobody", "on the place itself", "two with one"])
def test_a_companion_without_a_wheelchair_is_refused(winter: Stage, alone: str) -> None:
    wheel, beside, more = seats(winter, "wheelchair")[0], *seats(winter, "companion")[:2]
    types = {
        "nobody": {beside: "companion"},
        "on the place itself": {wheel: "companion"},
        "two with one": {wheel: "full", beside: "companion", more: "companion"},
    }[alone]
    with pytest.raises(NeedsWheelchairPlace) as refused:
        order(winter, types)
    assert "wheelchair place" in refused.value.sentence("en")
    assert not winter.ask(sa.select(Order.id)).all()


def test_a_wheelchair_does_not_go_back_without_its_companion(winter: Stage) -> None:
    wheel, beside = seats(winter, "wheelchair")[0], seats(winter, "companion")[0]
    placed = order(winter, {wheel: "full", beside: "companion"})
    winter.pay(placed)
    secret = placed.order.secret
    with pytest.raises(NeedsWheelchairPlace):
        winter.desk.write_now(return_tickets, secret, [wheel], None, by="buyer")
    winter.desk.write_now(return_tickets, secret, [wheel, beside], None, by="buyer")


def test_a_card_at_the_desk_is_never_booked_as_cash(winter: Stage) -> None:
    wheel = seats(winter, "wheelchair")[0]
    sale = CounterSale(
        winter.performance, {wheel: "full"}, Buyer(), 1600, "en", desk_way("desk_card")
    )
    winter.desk.write_now(sell, sale, by="staff:lotte")
    paid = sa.select(Posting.debit, Posting.currency).where(Posting.entry.startswith("payment:"))
    assert [tuple(row) for row in winter.ask(paid)] == [("card_clearing", "EUR")]


def test_the_currency_stays_once_something_was_ordered(winter: Stage) -> None:
    winter.desk.read_now(keep_currency, "GBP")
    order(winter, {seats(winter, "wheelchair")[0]: "full"})
    with pytest.raises(CurrencyStays):
        winter.desk.read_now(keep_currency, "GBP")
    winter.desk.read_now(keep_currency, "EUR")
