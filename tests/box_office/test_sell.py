"""A counter sale, by its act alone."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.box_office.sell import CounterSale, sell, sell_once
from ticketing.desk.idempotency import KeyReused
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.models import Hold
from ticketing.ledger.models import Posting
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order
from ticketing.payments.models import Payment
from ticketing.pricing.quote import PriceChanged
from ticketing.programme.on_sale import SalePaused
from ticketing.programme.pause import pause
from ticketing.tickets.issue import ApprovedNumberReached
from ticketing.tickets.models import Headcount, Ticket

NOBODY = Buyer()
STOOL = 6000  # fen, with the funder's half paid


def sale(world: Stage, seats: list[str], expected: int | None = None) -> CounterSale:
    total = STOOL * len(seats) if expected is None else expected
    return CounterSale(world.performance, dict.fromkeys(seats, "funded"), NOBODY, total, "zh")


def count(world: Stage, model: type) -> object:
    return world.ask(sa.select(sa.func.count()).select_from(model)).scalar_one()


def test_cash_buys_tickets_at_once(world: Stage) -> None:
    number = world.desk.write_now(sell, sale(world, world.seats(2)), by="staff:mei")
    (order,) = world.ask(sa.select(Order.number, Order.status, Order.channel, Order.placed_by))
    assert tuple(order) == (number, "paid", "box_office", "staff:mei")
    assert count(world, Ticket) == 2


def test_the_cash_is_in_the_drawer(world: Stage) -> None:
    world.desk.write_now(sell, sale(world, world.seats(2)), by="staff:mei")
    rows = world.ask(sa.select(Posting.debit, Posting.credit, Posting.amount))
    assert ("cash", "customer_clearing", 2 * STOOL) in [tuple(row) for row in rows]
    (payment,) = world.ask(sa.select(Payment.gateway, Payment.status, Payment.amount))
    assert tuple(payment) == ("counter", "succeeded", 2 * STOOL)


def test_a_free_ticket_needs_no_cash(world: Stage) -> None:
    places = replace(world, performance=world.lawn).seats(1, "lawn")
    wish = CounterSale(world.lawn, dict.fromkeys(places, "free"), NOBODY, 0, "en")
    world.desk.write_now(sell, wish, by="staff:mei")
    assert (count(world, Ticket), count(world, Posting)) == (1, 0)


def test_a_doubled_click_sells_once(world: Stage) -> None:
    wish = sale(world, world.seats(2))
    first, second = (world.desk.write_now(sell_once, wish, "key", by="staff:mei") for _ in "12")
    assert first == second
    assert count(world, Ticket) == 2


def test_a_key_serves_one_sale(world: Stage) -> None:
    world.desk.write_now(sell_once, sale(world, world.seats(1)), "key", by="staff:mei")
    with pytest.raises(KeyReused):
        world.desk.write_now(sell_once, sale(world, world.seats(1, skip=5)), "key", by="staff:mei")


def test_another_member_of_staff_has_keys_of_their_own(world: Stage) -> None:
    world.desk.write_now(sell_once, sale(world, world.seats(1)), "key", by="staff:mei")
    world.desk.write_now(sell_once, sale(world, world.seats(1, skip=5)), "key", by="staff:lan")
    assert count(world, Ticket) == 2


def test_a_seat_in_a_hold_is_not_sold_over_the_counter(world: Stage) -> None:
    seats = world.seats(2)
    world.hold(seats[:1])
    with pytest.raises(SeatsTaken):
        world.desk.write_now(sell, sale(world, seats), by="staff:mei")
    assert (count(world, Order), count(world, Ticket), count(world, Hold)) == (0, 0, 1)


def test_another_price_than_was_said_is_not_charged(world: Stage) -> None:
    with pytest.raises(PriceChanged):
        world.desk.write_now(sell, sale(world, world.seats(2), expected=100), by="staff:mei")
    assert count(world, Payment) == 0


def test_a_paused_sale_is_paused_at_the_counter_too(world: Stage) -> None:
    world.desk.write_now(pause, world.performance, by="test")
    with pytest.raises(SalePaused):
        world.desk.write_now(sell, sale(world, world.seats(1)), by="staff:mei")


def test_no_cash_is_taken_past_the_approved_number(world: Stage) -> None:
    full = sa.update(Headcount).values(live=Headcount.approved)
    world.desk.write_now(lambda tx, now: tx.execute(full))
    with pytest.raises(ApprovedNumberReached):
        world.desk.write_now(sell, sale(world, world.seats(1)), by="staff:mei")
    assert (count(world, Payment), count(world, Posting)) == (0, 0)
