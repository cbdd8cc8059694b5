"""What no provider could give back, with whom it is owed to."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.orders.models import Order
from ticketing.payments.models import Payment, Refund, RefundStatus
from ticketing.programme.models import Performance
from ticketing.venues.models import Hall, Venue


def manual_refunds(tx: Tx) -> list[sa.Row[Any]]:
    """Return what failed and what was paid out, the oldest first; ``due`` in fen."""
    query = (
        sa.select(
            Refund.__table__, Order.number, Order.buyer_name, Order.buyer_phone, Order.buyer_email,
            Payment.gateway, Venue.zone, (Refund.amount - Refund.covered).label("due"),
        )
        .join(Order, Order.id == Refund.order_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Performance, Performance.id == Order.performance_id)
        .join(Hall, Hall.id == Performance.hall_id)
        .join(Venue, Venue.id == Hall.venue_id)
        .where(
            Refund.status.in_([RefundStatus.FAILED, RefundStatus.PAID_OUT]),
            Refund.covered < Refund.amount,
        )
    )  # fmt: skip
    return list(tx.execute(query.order_by(Refund.created_at, Refund.id)))
