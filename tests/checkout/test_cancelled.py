"""A cancelled performance pays back; a change is told, and returns are free for a while."""

import asyncio
import json

import sqlalchemy as sa

from stage import Stage
from ticketing.audit.verify import verify
from ticketing.caretaker import pay_back_cancelled
from ticketing.desk.outbox import Letter
from ticketing.foundation.clock import HOUR, SystemClock
from ticketing.payments.models import Refund, RefundStatus
from ticketing.payments.provider import RefundState
from ticketing.programme.cancel import cancel
from ticketing.returns.cancelled_performance import pay_back, progress, to_pay_back
from ticketing.returns.notify_change import notify_change
from ticketing.returns.refund import told_of_refund

WHY = {"zh": "剧场停电", "en": "The theatre has no power"}


def test_everybody_gets_all_money_back(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    other = world.buy(world.seats(3, skip=6))
    unpaid = world.place(world.hold(world.seats(1, skip=12)))
    assert world.desk.write_now(cancel, world.performance, WHY, by="test")
    assert not world.desk.write_now(cancel, world.performance, WHY, by="test")
    before = world.desk.read_now(progress, world.performance)
    assert (before.left, before.left_amount, before.done) == (2, 30000, 0)
    for _ in range(2):  # harmless when repeated
        asyncio.run(pay_back_cancelled(world.desk))
    after = world.desk.read_now(progress, world.performance)
    assert (after.left, after.left_amount, after.done) == (0, 0, 2)
    assert after.refunds == {"succeeded": (2, 30000)}
    assert all(ticket.voided_at for one in (placed, other) for ticket in world.tickets(one))
    world.pay(unpaid)  # who pays too late has it back at once
    assert world.ask(sa.select(sa.func.sum(Refund.amount))).scalar_one() == 36000
    assert world.desk.read_now(verify) == []


def test_it_goes_on_where_it_stopped(world: Stage) -> None:
    for n in range(3):
        world.buy(world.seats(2, skip=6 * n))
    world.desk.write_now(cancel, world.performance, WHY, by="test")
    first, *others = world.desk.read_now(to_pay_back)
    world.desk.write_now(pay_back, first)
    assert world.desk.read_now(to_pay_back) == others
    asyncio.run(pay_back_cancelled(world.desk))
    assert world.desk.read_now(to_pay_back) == []


def test_cash_is_on_the_list_of_what_is_paid_out_by_hand(world: Stage) -> None:
    world.sell_at_counter(world.seats(2))
    world.desk.write_now(cancel, world.performance, WHY, by="test")
    asyncio.run(pay_back_cancelled(world.desk))
    refund = world.ask(sa.select(Refund.__table__)).one()
    assert (refund.status, refund.amount) == ("failed", 12000)
    assert world.desk.read_now(verify) == []
    out = RefundState(RefundStatus.PAID_OUT, None)
    for _ in range(2):
        world.desk.write_now(told_of_refund, refund.id, out)
    assert world.ask(sa.select(Refund.status)).scalar_one() == "paid_out"
    assert world.desk.read_now(verify) == []


def test_who_has_tickets_is_told_of_a_change(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    world.place(world.hold(world.seats(1, skip=8)))
    until = SystemClock().now() + HOUR
    told = world.desk.write_now(notify_change, world.performance, WHY, closes_at=until, by="test")
    assert told == 1
    letter = world.ask(sa.select(Letter.__table__).where(Letter.template == "changed")).one()
    assert json.loads(letter.content) == {
        "order": placed.order.id, "words": WHY, "until": until,
    }  # fmt: skip
