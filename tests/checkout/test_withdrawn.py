"""A buyer gives up an order while a provider's page may still take the money for it: never both."""

import pytest

from ticketing.checkout.fulfil import OrderClosed
from ticketing.checkout.lapse import give_up
from ticketing.payments.provider import NoAnswer
from ticketing.processing.withdraw import withdraw
from till import tilling


def test_its_page_is_closed_before_the_seats_are_free(world_url: str) -> None:
    with tilling(world_url) as till:
        placed = till.order()
        session = till.session(placed)
        with pytest.raises(OrderClosed):  # the guard: nobody gives up what can still be paid
            till.world.desk.write_now(give_up, placed.order.secret)
        till.run(withdraw(till.world.desk, till.providers, placed.order.secret))
        assert till.hand.do("find", ident=session)["status"] == "expired"
        assert till.status(placed) == "lapsed"
        till.world.buy(till.world.seats(2))
        assert till.kept() == 0


def test_who_has_paid_meanwhile_has_the_tickets(world_url: str) -> None:
    with tilling(world_url) as till:
        placed = till.order()
        till.paid(placed)
        with pytest.raises(OrderClosed):
            till.run(withdraw(till.world.desk, till.providers, placed.order.secret))
        assert till.status(placed) == "paid"
        assert till.kept() == placed.order.total


def test_without_an_answer_nothing_changes(world_url: str) -> None:
    with tilling(world_url) as till:
        placed = till.order()
        till.session(placed)
        till.hand.do("fault", call="expire", how="before")
        with pytest.raises(NoAnswer):
            till.run(withdraw(till.world.desk, till.providers, placed.order.secret))
        assert till.status(placed) == "awaiting_payment"
        till.run(withdraw(till.world.desk, till.providers, placed.order.secret))
        assert till.status(placed) == "lapsed"
