"""How many tickets a buyer may have for a performance, over all orders and ticket types."""

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.sell import CounterSale, sell
from ticketing.checkout.lapse import lapse
from ticketing.checkout.place import Placed
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.orders.buyer import buyer
from ticketing.orders.create import Buyer
from ticketing.orders.limit import TooManyTickets
from ticketing.orders.models import Order
from ticketing.programme.models import Performance

CHEN, PHONE = buyer({"email": "chen@example.com"}), buyer({"phone": "138 0000 1234"})


def allow(tx: Tx, performance: str, most: int, *, now: int) -> None:
    here = sa.update(Performance).where(Performance.id == performance)
    tx.execute(here.values(most_per_buyer=most))


@pytest.fixture
def small(world: Stage) -> Stage:
    """Four tickets a buyer."""
    world.desk.write_now(allow, world.performance, 4)
    return world


def order(world: Stage, count: int, who: Buyer = CHEN, skip: int = 0, kind: str = "full") -> Placed:
    held = world.hold(world.seats(count, skip=skip))
    return world.place(held, buyer=who, types=dict.fromkeys(held.seats, kind))


def test_the_sentence_says_how_many_are_left(small: Stage) -> None:
    order(small, 3)
    with pytest.raises(TooManyTickets) as refused:
        order(small, 2, skip=3)
    assert refused.value.shown == {"most": 4, "left": 1}
    assert "还可以买 1 张" in refused.value.sentence("zh")
    assert "you may buy 1 more" in refused.value.sentence("en")


def test_all_ticket_types_count_together_and_a_refused_order_keeps_its_hold(small: Stage) -> None:
    order(small, 3, kind="funded")
    held = small.hold(small.seats(2, skip=3))
    with pytest.raises(TooManyTickets):
        small.place(held, buyer=CHEN)
    small.place(held, buyer=Buyer(email="another@example.com"))


@pytest.mark.parametrize("way", ["Chen@Example.com", " chen@EXAMPLE.com ", "ｃhen@example.com"])
def test_an_address_written_in_another_way_is_the_same_buyer(small: Stage, way: str) -> None:
    order(small, 4)
    with pytest.raises(TooManyTickets):
        order(small, 1, buyer({"email": way, "phone": "13900005678"}), skip=4)


@pytest.mark.parametrize("way", ["+86 138-0000-1234", "１３８００００１２３４"])
def test_a_number_written_in_another_way_is_the_same_buyer(small: Stage, way: str) -> None:
    order(small, 4, PHONE)
    with pytest.raises(TooManyTickets):
        order(small, 1, buyer({"email": "new@example.com", "phone": way}), skip=4)


def test_phone_and_mail_are_counted_each(small: Stage) -> None:
    order(small, 2, PHONE)
    order(small, 2, CHEN, skip=2)
    order(small, 2, Buyer("", PHONE.phone, CHEN.email), skip=4)
    with pytest.raises(TooManyTickets):
        order(small, 1, CHEN, skip=6)


def test_what_was_cancelled_may_be_bought_again(small: Stage) -> None:
    bought = order(small, 4)
    small.pay(bought)
    small.desk.write_now(cancel_order, bought.order.number, by="staff:mei")
    order(small, 4)


def test_what_lapsed_may_be_bought_again(world_url: str, small: Stage) -> None:
    lost = order(small, 4)
    late = open_desk(world_url, SetClock(SystemClock().now() + HOUR))
    late.write_now(lapse, lost.order.id)
    late.close()
    order(small, 4, skip=4)


def test_the_counter_sells_to_a_whole_school(small: Stage) -> None:
    seats = dict.fromkeys(small.seats(10), "full")
    sale = CounterSale(small.performance, seats, CHEN, 120_000, "zh")
    small.desk.write_now(sell, sale, by="staff:mei")
    assert small.ask(sa.select(Order.buyer_email)).scalar_one() == "chen@example.com"
