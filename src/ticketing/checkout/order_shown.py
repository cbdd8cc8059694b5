"""An order as its page shows it: how it stands, and its tickets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret
from ticketing.payments.models import PaymentStatus
from ticketing.payments.queries import of_order, refunds
from ticketing.tickets.evening import Evening, evening
from ticketing.tickets.queries import tickets_of


class Standing(StrEnum):
    """What the buyer should know first."""

    AWAITING = "awaiting"
    DECLINED = "declined"  # awaiting, and the last attempt to pay failed
    LAPSED = "lapsed"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class OrderShown:
    """``returned``: fen that went back."""

    order: sa.Row[Any]
    night: Evening
    standing: Standing
    tickets: list[sa.Row[Any]]
    returned: int


def order_shown(tx: Tx, secret: str, now: int) -> OrderShown:
    order = by_secret(tx, secret)
    payments = of_order(tx, order.id)
    returned = sum(refund.amount for refund in refunds(tx, order.id))
    return OrderShown(
        order=order,
        night=evening(tx, order.performance_id),
        standing=standing(order, payments, returned, now),
        tickets=tickets_of(tx, order.id),
        returned=returned,
    )


def standing(order: sa.Row[Any], payments: list[sa.Row[Any]], returned: int, now: int) -> Standing:
    if order.status == OrderStatus.PAID:
        return Standing.PAID
    if returned:
        return Standing.RETURNED
    if order.status == OrderStatus.CANCELLED:
        return Standing.CANCELLED
    if order.status != OrderStatus.AWAITING_PAYMENT or order.pay_by <= now:
        return Standing.LAPSED
    failed = payments and payments[-1].status == PaymentStatus.DECLINED
    return Standing.DECLINED if failed else Standing.AWAITING
