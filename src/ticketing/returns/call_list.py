"""Whom no letter reaches: to be rung, or met at the door, when a performance changes or is cancelled."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.orders.models import Order, OrderLine, OrderStatus
from ticketing.payments.models import ReturnedLine
from ticketing.returns.cancelled_performance import REASON

GIVEN_UP = sa.select(ReturnedLine.order_id).where(ReturnedLine.reason == REASON)


def call_list(tx: Tx, performance_id: str, told_at: int) -> list[sa.Row[Any]]:
    """Return orders without a mail address that had tickets then, who can be rung first: number, buyer's
    name and phone, ``seats``."""
    query = (
        sa.select(
            Order.number, Order.buyer_name, Order.buyer_phone, sa.func.count().label("seats")
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            Order.performance_id == performance_id, Order.buyer_email == "",
            Order.placed_at <= told_at,
            sa.or_(Order.status == OrderStatus.PAID, Order.id.in_(GIVEN_UP)),
        )
        .group_by(Order.id)
        .order_by(Order.buyer_phone == "", Order.number)
    )  # fmt: skip
    return list(tx.execute(query))
