"""Promise 4: whoever pays too late gets the seats that are still free, or the money back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from ticketing.checkout.lapse import lapse
from ticketing.desk.desk import open_desk
from ticketing.desk.outbox import Letter
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.ledger.models import Account, Posting
from ticketing.orders.models import Order
from ticketing.orders.queries import overdue
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard
from ticketing.payments.models import Refund
from ticketing.payments.payment import start


@pytest.fixture
def later(world_url: str) -> Iterator[tuple[Stage, SetClock]]:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    yield stage(desk), clock
    desk.close()


def test_an_unpaid_order_lapses_and_its_seats_are_free(later: tuple[Stage, SetClock]) -> None:
    world, clock = later
    seats = world.seats(2)
    placed = world.place(world.hold(seats))
    clock.forward(16 * MINUTE)
    assert world.desk.read_now(overdue, clock.now()) == [placed.order.id]
    world.desk.write_now(lapse, placed.order.id)
    assert status(world, placed.order.id) == "lapsed"
    assert world.hold(seats).seats == sorted(seats)


def test_a_hold_that_ran_out_needs_no_sweeper(later: tuple[Stage, SetClock]) -> None:
    world, clock = later
    seats = world.seats(2)
    world.hold(seats)
    clock.forward(15 * MINUTE)
    assert world.hold(seats).seats == sorted(seats)


def test_a_late_payment_gets_its_seats_if_they_are_free(later: tuple[Stage, SetClock]) -> None:
    world, clock = later
    placed = world.place(world.hold(world.seats(2)))
    clock.forward(20 * MINUTE)
    world.desk.write_now(lapse, placed.order.id)
    world.pay(placed)
    assert status(world, placed.order.id) == "paid"
    assert len(world.tickets(placed)) == 2


def test_a_late_payment_for_lost_seats_gets_equal_ones(later: tuple[Stage, SetClock]) -> None:
    world, clock = later
    seats = world.seats(2)
    placed = world.place(world.hold(seats))
    clock.forward(20 * MINUTE)
    world.buy(seats)
    world.pay(placed)
    assert status(world, placed.order.id) == "paid"
    got = [ticket.seat_id for ticket in world.tickets(placed)]
    row = world.seats(60)
    assert not set(got) & set(seats)
    assert abs(row.index(got[0]) - row.index(got[1])) == 1  # side by side, as they were
    letter = sa.select(Letter.content).where(Letter.content.contains(placed.order.id))
    assert "moved" in world.ask(letter).scalar_one()


def test_where_no_seats_are_equal_a_late_payment_goes_back(later: tuple[Stage, SetClock]) -> None:
    world, clock = later
    seats = world.seats(2)
    placed = world.place(world.hold(seats))
    clock.forward(20 * MINUTE)
    quicker = world.buy(seats[:1])
    world.take_all()
    world.pay(placed)
    assert status(world, placed.order.id) == "lapsed"
    assert world.tickets(placed) == []
    assert len(world.tickets(quicker)) == 1
    assert list(world.ask(sa.select(Refund.amount)).scalars()) == [12000]
    assert money_in(world) == 6000


def test_a_second_success_for_one_order_goes_back(later: tuple[Stage, SetClock]) -> None:
    world, _ = later
    placed = world.place(world.hold(world.seats(1)))
    world.pay(placed, Heard.DECLINED)
    again = world.desk.write_now(start, placed.order.id, PLAY.key, 6000, "CNY")
    world.pay(replace(placed, payment_id=again))
    world.pay(placed)  # the provider changed its mind about the first
    assert status(world, placed.order.id) == "paid"
    assert len(world.tickets(placed)) == 1
    assert list(world.ask(sa.select(Refund.payment_id)).scalars()) == [placed.payment_id]
    assert money_in(world) == 6000


def test_lapsing_an_order_in_time_does_nothing(later: tuple[Stage, SetClock]) -> None:
    world, _ = later
    placed = world.place(world.hold(world.seats(1)))
    world.desk.write_now(lapse, placed.order.id)
    assert status(world, placed.order.id) == "awaiting_payment"


def status(world: Stage, order_id: str) -> object:
    return world.ask(sa.select(Order.status).where(Order.id == order_id)).scalar_one()


def money_in(world: Stage) -> int:
    """Return what the provider keeps for us."""
    rows = world.ask(sa.select(Posting.debit, Posting.credit, Posting.amount)).all()
    here = Account.PROVIDER_CLEARING
    return sum(row.amount * ((row.debit == here) - (row.credit == here)) for row in rows)
