"""What is left of a payment: what came in, less what went back or is to go, asked for or not."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.payments.models import Dispute, DisputeStatus, Refund

BACK = sa.select(sa.func.coalesce(sa.func.sum(Refund.amount - Refund.covered), 0))
TAKEN = sa.select(sa.func.coalesce(sa.func.sum(Dispute.amount), 0))
LOST, OPEN = DisputeStatus.LOST, DisputeStatus.OPEN


def balance(tx: Tx, payment: sa.Row[Any]) -> int:
    """Return fen, below 0 where more left than came in. What a bank has taken is not left, until it
    gives it back.
    """
    return came(payment) - back(tx, payment) - taken(tx, payment, LOST, OPEN)


def too_much(tx: Tx, payment: sa.Row[Any]) -> int:
    """Return how much more left, or is to go, than came in: that can be owed to nobody."""
    return max(back(tx, payment) + taken(tx, payment, LOST) - came(payment), 0)


def came(payment: sa.Row[Any]) -> int:
    return int(payment.amount if payment.received is None else payment.received)


def back(tx: Tx, payment: sa.Row[Any]) -> int:
    return int(tx.execute(BACK.where(Refund.payment_id == payment.id)).scalar_one())


def taken(tx: Tx, payment: sa.Row[Any], *status: DisputeStatus) -> int:
    mine = sa.and_(Dispute.payment_id == payment.id, Dispute.status.in_(status))
    return int(tx.execute(TAKEN.where(mine)).scalar_one())
