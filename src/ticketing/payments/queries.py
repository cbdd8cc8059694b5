"""Questions about payments."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.payments.models import Payment, Refund


def by_id(tx: Tx, payment_id: str) -> sa.Row[Any]:
    row = tx.execute(sa.select(Payment.__table__).where(Payment.id == payment_id)).first()
    if row is None:
        raise NotFound()
    return row


def of_order(tx: Tx, order_id: str) -> list[sa.Row[Any]]:
    query = sa.select(Payment.__table__).where(Payment.order_id == order_id)
    return list(tx.execute(query.order_by(Payment.id)))


def refunds(tx: Tx, order_id: str) -> list[sa.Row[Any]]:
    """Return an order's refunds; ``due`` is what goes back of each, in fen."""
    due = (Refund.amount - Refund.covered).label("due")
    query = sa.select(Refund.__table__, due).where(Refund.order_id == order_id)
    return list(tx.execute(query.order_by(Refund.id)))
