"""A cancelled performance pays back: order by order, so that it can stop and go on at any time."""

from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.orders.models import Order, OrderStatus
from ticketing.orders.queries import lock
from ticketing.payments.dispute import OPEN_ORDERS
from ticketing.payments.models import Refund, ReturnedLine
from ticketing.programme.models import Performance
from ticketing.returns.quote import Waiver
from ticketing.returns.return_tickets import do_return
from ticketing.returns.revoke import NotReturnable

CANCELLED = Waiver(cancelled=True)
REASON = "performance_cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """Orders that are ``left``, with their fen, and ``done``."""

    left: int
    left_amount: int
    done: int
    refunds: dict[str, tuple[int, int]]  # by status: how many, fen


def to_pay_back(tx: Tx) -> list[str]:
    """Return paid orders of cancelled performances; one that is disputed waits for its bank."""
    query = (
        sa.select(Order.id)
        .join(Performance, Performance.id == Order.performance_id)
        .where(
            Performance.cancelled_at.is_not(None),
            Order.status == OrderStatus.PAID,
            Order.id.not_in(OPEN_ORDERS),
        )
    )
    return list(tx.execute(query.order_by(Order.id).limit(200)).scalars())


def pay_back(tx: Tx, order_id: str, *, now: int) -> None:
    """Harmless when repeated: an order that has no live ticket is left alone."""
    with suppress(NotReturnable):
        do_return(tx, lock(tx, order_id), (), CANCELLED, REASON, by="caretaker", now=now)


def progress(tx: Tx, performance_id: str) -> Progress:
    """Return how far it is; before the cancellation: what it would pay back."""
    mine = sa.and_(Order.performance_id == performance_id, Order.status == OrderStatus.PAID)
    given_up = (
        sa.select(sa.func.coalesce(sa.func.sum(ReturnedLine.amount + ReturnedLine.fee), 0))
        .join(Order, Order.id == ReturnedLine.order_id)
        .where(mine)
    )
    left, total = tx.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Order.total), 0)).where(mine)
    ).one()
    done = (
        sa.select(sa.func.count(ReturnedLine.order_id.distinct()))
        .join(Order, Order.id == ReturnedLine.order_id)
        .where(Order.performance_id == performance_id, ReturnedLine.reason == REASON)
    )
    refunds = tx.execute(
        sa.select(Refund.status, sa.func.count(), sa.func.sum(Refund.amount))
        .join(Order, Order.id == Refund.order_id)
        .where(Order.performance_id == performance_id, Refund.reason == REASON)
        .group_by(Refund.status)
    )
    return Progress(
        int(left),
        int(total) - int(tx.execute(given_up).scalar_one()),
        int(tx.execute(done).scalar_one()),
        {status: (count, int(amount)) for status, count, amount in refunds},
    )
