"""A buyer's bank takes money back, for a while or for good: the only writer of disputes."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.payments.models import Dispute, DisputeStatus, Payment
from ticketing.payments.provider import BankDispute

OPEN_ORDERS = (
    sa.select(Payment.order_id)
    .join(Dispute, Dispute.payment_id == Payment.id)
    .where(Dispute.status == DisputeStatus.OPEN)
)


def keep(tx: Tx, gateway: str, payment_id: str, claim: BankDispute, *, now: int) -> bool:
    """Store a dispute, open as it once was; return whether it was new."""
    reference, amount, currency = claim.gone
    values = {
        "gateway": gateway, "reference": reference, "payment_id": payment_id, "amount": amount,
        "currency": currency, "status": DisputeStatus.OPEN, "opened_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](Dispute).values(values).on_conflict_do_nothing()
    return tx.execute(insert.returning(Dispute.reference)).first() is not None


def decide(tx: Tx, gateway: str, reference: str, to: DisputeStatus, *, now: int) -> bool:
    """Return whether this call decided it."""
    mine = sa.and_(
        Dispute.gateway == gateway, Dispute.reference == reference,
        Dispute.status == DisputeStatus.OPEN,
    )  # fmt: skip
    change = sa.update(Dispute).where(mine).values(status=to, decided_at=now)
    return tx.execute(change).rowcount == 1


def disputed(tx: Tx, order_id: str) -> bool:
    """Return whether a bank is still looking into an order's payment."""
    query = OPEN_ORDERS.where(Payment.order_id == order_id)
    return tx.execute(query.limit(1)).first() is not None


def disputes(tx: Tx) -> list[sa.Row[Any]]:
    """Return every dispute with its order, the newest first."""
    query = sa.select(Dispute.__table__, Payment.order_id).join(
        Payment, Payment.id == Dispute.payment_id
    )
    return list(tx.execute(query.order_by(Dispute.opened_at.desc(), Dispute.reference)))
