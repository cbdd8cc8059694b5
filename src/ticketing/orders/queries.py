"""Questions about orders."""

import hmac
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import NotFound
from ticketing.orders.create import Priced
from ticketing.orders.models import AWAITED, Order, OrderLine

PRICED = Statement(
    sa.select(OrderLine.id, OrderLine.seat_id, OrderLine.paid, OrderLine.funded)
    .where(OrderLine.order_id == sa.bindparam("order_id"))
    .order_by(OrderLine.seat_id)
)


def by_secret(tx: Tx, secret: str) -> sa.Row[Any]:
    """Return the order that this link opens; NotFound for any other."""
    row = tx.execute(
        sa.select(Order.__table__).where(Order.secret_digest == digest(secret))
    ).first()
    if row is None or not hmac.compare_digest(row.secret.encode(), secret.encode()):
        raise NotFound()
    return row


def by_id(tx: Tx, order_id: str) -> sa.Row[Any]:
    row = tx.execute(sa.select(Order.__table__).where(Order.id == order_id)).first()
    if row is None:
        raise NotFound()
    return row


def by_number(tx: Tx, number: str) -> sa.Row[Any]:
    row = tx.execute(sa.select(Order.__table__).where(Order.number == number)).first()
    if row is None:
        raise NotFound()
    return row


def lock(tx: Tx, order_id: str) -> sa.Row[Any]:
    """Return the order when nobody else is moving it."""
    query = sa.select(Order.__table__).where(Order.id == order_id).with_for_update()
    return tx.execute(query).one()


def of_hold(tx: Tx, hold_id: str) -> sa.Row[Any] | None:
    """Return the order that took over a hold, None before there is one."""
    return tx.execute(sa.select(Order.__table__).where(Order.hold_id == hold_id)).first()


def lines(tx: Tx, order_id: str) -> list[sa.Row[Any]]:
    query = sa.select(OrderLine.__table__).where(OrderLine.order_id == order_id)
    return list(tx.execute(query.order_by(OrderLine.seat_id)))


def priced(tx: Tx, order_id: str) -> list[Priced]:
    """Return an order's lines in the order of the seats."""
    return [Priced._make(row) for row in tx.all(PRICED, order_id=order_id)]


def overdue(tx: Tx, now: int) -> list[str]:
    """Return the orders whose time to pay is over, and those that are expiring since."""
    query = sa.select(Order.id).where(AWAITED, Order.pay_by <= now)
    return list(tx.execute(query.order_by(Order.pay_by).limit(500)).scalars())
