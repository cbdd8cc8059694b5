"""A hold is changed and ordered at one moment: the order keeps the seats it was placed for."""

import sqlalchemy as sa

from stage import Stage
from ticketing.checkout.place import Placed
from ticketing.inventory.change import change
from ticketing.orders.models import Order
from together import together


def test_what_is_ordered_is_what_is_sold(world: Stage) -> None:
    seats = world.seats(24)
    for n in range(6):
        held = world.hold(seats[4 * n : 4 * n + 2])
        drop, add = held.seats, seats[4 * n + 2 : 4 * n + 4]

        def act(which: int, held=held, drop=drop, add=add) -> object:  # type: ignore[no-untyped-def]
            if which:
                return world.desk.write_now(change, held.token, add, drop)
            return world.place(held)

        placed, _ = together(2, act)
        if isinstance(placed, Placed):
            world.pay(placed)
            query = sa.select(Order.status).where(Order.id == placed.order.id)
            assert world.ask(query).scalar_one() == "paid"
            assert [t.seat_id for t in world.tickets(placed)] == sorted(held.seats)
