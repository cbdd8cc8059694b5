"""An order that the office cancels: void tickets, free seats, money back, books even."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import NotCancellable, cancel_order
from ticketing.checkout.pay_again import pay_again
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard
from ticketing.payments.models import Refund
from together import failures, together


def test_a_cancelled_order_leaves_no_trace_in_the_balances(world: Stage) -> None:
    seats = world.seats(2)
    placed = world.buy(seats)
    world.desk.write_now(cancel_order, placed.order.number, by="test")
    assert all(ticket.voided_at for ticket in world.tickets(placed))
    assert list(world.ask(sa.select(Refund.amount)).scalars()) == [12000]
    assert world.desk.read_now(verify) == []
    assert len(world.tickets(world.buy(seats))) == 2


def test_sixteen_clicks_refund_once(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    answers = together(
        16, lambda _: world.desk.write_now(cancel_order, placed.order.number, by="test")
    )
    assert len(failures(answers)) == 15
    assert all(isinstance(answer, NotCancellable) for answer in failures(answers))
    assert list(world.ask(sa.select(Refund.amount)).scalars()) == [12000]
    assert world.desk.read_now(verify) == []


def test_what_was_paid_twice_and_went_back_once_is_not_refunded_again(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1)))
    world.pay(placed, Heard.DECLINED)
    again = world.desk.write_now(pay_again, placed.order.secret, PLAY)
    world.pay(replace(placed, payment_id=again))
    world.pay(placed)  # the provider changed its mind: this one goes back at once
    world.desk.write_now(cancel_order, placed.order.number, by="test")
    returned = world.ask(sa.select(Refund.reason, Refund.payment_id))
    assert {tuple(row) for row in returned} == {
        ("not_fulfilled", placed.payment_id),
        ("cancelled", again),
    }
    assert world.desk.read_now(verify) == []


def test_an_unpaid_order_cannot_be_cancelled(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1)))
    with pytest.raises(NotCancellable):
        world.desk.write_now(cancel_order, placed.order.number, by="test")


def test_a_free_order_is_cancelled_without_money(world: Stage) -> None:
    placed = world.place(world.hold_on_the_lawn(2))
    world.desk.write_now(cancel_order, placed.order.number, by="test")
    assert world.ask(sa.select(sa.func.count()).select_from(Refund)).scalar_one() == 0
    assert world.desk.read_now(verify) == []


def test_some_tickets_go_back_whole_and_the_rest_stays(world: Stage) -> None:
    placed = world.buy(world.seats(3))
    line = placed.order.lines[0]
    world.desk.write_now(cancel_order, placed.order.number, [line.id], by="staff:lan")
    with pytest.raises(NotCancellable):
        world.desk.write_now(cancel_order, placed.order.number, [line.id], by="staff:lan")
    assert [row.voided_at is None for row in world.tickets(placed)].count(True) == 2
    assert world.ask(sa.select(Refund.amount)).scalars().all() == [6000]
    world.hold([line.seat_id])
    assert world.desk.read_now(verify) == []
