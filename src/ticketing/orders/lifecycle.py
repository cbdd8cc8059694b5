"""The life of an order: the only place that moves it from one status to another."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.orders.models import Order, OrderStatus, among

S = OrderStatus
MOVES = {
    S.AWAITING_PAYMENT: {S.PAID, S.EXPIRING, S.LAPSED},
    S.EXPIRING: {S.PAID, S.LAPSED},
    S.LAPSED: {S.PAID},  # paid too late, and its seats were still there
    S.PAID: {S.CANCELLED},
    S.CANCELLED: set[OrderStatus](),
}
STAMPS = {S.PAID: "paid_at", S.LAPSED: "lapsed_at", S.CANCELLED: "cancelled_at"}


def may(to: OrderStatus) -> sa.ColumnElement[bool]:
    """An order that may move there."""
    starts = [start for start, ends in MOVES.items() if to in ends]
    return sa.and_(Order.id == sa.bindparam("order"), among(*starts))


def move(to: OrderStatus) -> Statement:
    """A conditional update: it changes one row from a status that may move there, or none."""
    change: dict[str, Any] = {"status": to.value, STAMPS[to]: sa.bindparam("now")}
    return Statement(sa.update(Order).where(may(to)).values(change))


PAY, LAPSE, CANCEL = move(S.PAID), move(S.LAPSED), move(S.CANCELLED)
EXPIRE = Statement(sa.update(Order).where(may(S.EXPIRING)).values(status=S.EXPIRING.value))


def pay(tx: Tx, order_id: str, *, now: int) -> bool:
    """Return whether this call made it paid."""
    return tx.run(PAY, order=order_id, now=now) == 1


def lapse(tx: Tx, order_id: str, *, now: int) -> bool:
    return tx.run(LAPSE, order=order_id, now=now) == 1


def cancel(tx: Tx, order_id: str, *, now: int) -> bool:
    return tx.run(CANCEL, order=order_id, now=now) == 1


def expire(tx: Tx, order_id: str) -> bool:
    """Its time is over, but it may still be paid: its seats are kept until that is known."""
    return tx.run(EXPIRE, order=order_id) == 1
