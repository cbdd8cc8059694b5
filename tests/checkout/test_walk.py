"""From a hold to tickets, by the acts alone."""

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.foundation.errors import BadInput
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold_record import HoldLapsed
from ticketing.inventory.hold_request import TooManySeats
from ticketing.ledger.models import Posting
from ticketing.orders.models import Order
from ticketing.payments.inbox import Heard


def test_a_paid_order_has_a_ticket_for_each_seat(world: Stage) -> None:
    seats = world.seats(2)
    placed = world.buy(seats)
    assert [ticket.seat_id for ticket in world.tickets(placed)] == sorted(seats)
    assert status(world, placed.order.id) == "paid"


def test_a_sale_is_in_the_books(world: Stage) -> None:
    world.buy(world.seats(2))
    rows = world.ask(sa.select(Posting.debit, Posting.credit, Posting.amount))
    assert sorted(rows) == [
        ("customer_clearing", "deferred_revenue", 12000),
        ("provider_clearing", "customer_clearing", 12000),
        ("subsidy_receivable", "deferred_revenue", 12000),
    ]


def test_a_held_seat_is_taken(world: Stage) -> None:
    seats = world.seats(3)
    world.hold(seats[:2])
    with pytest.raises(SeatsTaken) as refused:
        world.hold(seats[1:])
    assert refused.value.shown["seats"] == [seats[1]]


def test_a_free_order_needs_no_payment(world: Stage) -> None:
    placed = world.place(world.hold_on_the_lawn(3))
    assert placed.payment_id is None
    assert len(world.tickets(placed)) == 3


def test_a_declined_payment_sells_nothing(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1)))
    world.pay(placed, Heard.DECLINED)
    assert world.tickets(placed) == []
    assert status(world, placed.order.id) == "awaiting_payment"


def test_a_hold_is_ordered_once(world: Stage) -> None:
    held = world.hold(world.seats(1))
    world.place(held)
    with pytest.raises(HoldLapsed):
        world.place(held)


def test_hearing_of_the_same_payment_twice_sells_once(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    world.pay(placed)
    assert len(world.tickets(placed)) == 2


@pytest.mark.parametrize("seats", [[], ["no-such-seat"], ["a", "a"]])
def test_odd_wishes_hold_nothing(world: Stage, seats: list[str]) -> None:
    with pytest.raises(BadInput):
        world.hold(seats)


def test_a_thousand_seats_are_too_many(world: Stage) -> None:
    with pytest.raises(TooManySeats):
        world.hold([str(n) for n in range(1000)])


def status(world: Stage, order_id: str) -> object:
    return world.ask(sa.select(Order.status).where(Order.id == order_id)).scalar_one()
