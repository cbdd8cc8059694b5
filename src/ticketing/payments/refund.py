"""Money that goes back: created once per payment and reason."""

from typing import Any

import sqlalchemy as sa

from ticketing.foundation.codes import new_id
from ticketing.foundation.db import Tx
from ticketing.payments.models import Refund


def owe(tx: Tx, payment: sa.Row[Any], reason: str, *, now: int) -> str:
    """Return the id of a refund of the whole payment.

    The gateways of today (play, the counter's cash) give it back at once; it is settled here.
    """
    refund_id = new_id(now)
    values = {
        "id": refund_id, "order_id": payment.order_id, "payment_id": payment.id, "reason": reason,
        "amount": payment.amount, "currency": payment.currency, "created_at": now, "settled_at": now,
    }  # fmt: skip
    tx.execute(sa.insert(Refund), values)
    return refund_id
