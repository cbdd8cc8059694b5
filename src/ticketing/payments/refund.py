"""Money that goes back: the only place that makes a refund and assigns its status."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.codes import new_id
from ticketing.payments.models import Payment, PaymentPage, Refund, RefundStatus
from ticketing.payments.provider import RefundRequest

S = RefundStatus
MOVES = {
    S.OWED: {S.PENDING, S.SUCCEEDED, S.FAILED},
    S.PENDING: {S.SUCCEEDED, S.FAILED},
    S.SUCCEEDED: {S.FAILED},  # a bank may send it back
    S.FAILED: {S.PAID_OUT},
    S.PAID_OUT: set[RefundStatus](),
}
OWED = (
    sa.select(Refund.id, Refund.amount, Payment.gateway, PaymentPage.charge)
    .join_from(Refund, Payment, Payment.id == Refund.payment_id)
    .join(PaymentPage, PaymentPage.payment_id == Payment.id)
)
STILL = sa.text("refund.status IN ('owed', 'pending')")  # what its index holds
LEFT = {S.PENDING, S.SUCCEEDED}  # the provider has taken it from what it keeps for us


def owe(
    tx: Tx, payment: sa.Row[Any], amount: int, currency: str, reason: str, *, now: int
) -> str:  # fmt: skip
    """Return the id of a new refund."""
    refund_id = new_id(now)
    values = {
        "id": refund_id, "order_id": payment.order_id, "payment_id": payment.id, "reason": reason,
        "amount": amount, "currency": currency, "status": S.OWED, "created_at": now,
    }  # fmt: skip
    tx.execute(sa.insert(Refund), values)
    return refund_id


def move(tx: Tx, refund: sa.Row[Any], to: RefundStatus, reference: str | None, *, now: int) -> bool:
    """Return whether this call moved it there from where it was read."""
    if to not in MOVES[RefundStatus(refund.status)]:
        return False
    values = {"status": to, "reference": reference or refund.reference, "settled_at": now}
    mine = sa.and_(Refund.id == refund.id, Refund.status == refund.status)
    return tx.execute(sa.update(Refund).where(mine).values(values)).rowcount == 1


def refund(tx: Tx, refund_id: str) -> sa.Row[Any] | None:
    return tx.execute(sa.select(Refund.__table__).where(Refund.id == refund_id)).first()


def known(tx: Tx, gateway: str, reference: str) -> bool:
    """Return whether a refund of that name at the provider is one of ours."""
    query = (
        sa.select(Refund.id)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Payment.gateway == gateway, Refund.reference == reference)
    )
    return tx.execute(query).first() is not None


def failed(tx: Tx, payment_id: str) -> list[sa.Row[Any]]:
    """Return what could not be given back and was not paid out yet."""
    mine = sa.and_(Refund.payment_id == payment_id, Refund.status == S.FAILED)
    return list(tx.execute(sa.select(Refund.__table__).where(mine).order_by(Refund.id)))


def cover(tx: Tx, refund: sa.Row[Any], part: int, *, now: int) -> None:
    """So much of it went back before; what is covered whole is nobody's work any more."""
    covered = refund.covered + part
    tx.execute(sa.update(Refund).where(Refund.id == refund.id).values(covered=covered))
    if covered == refund.amount:
        move(tx, refund, S.PAID_OUT, None, now=now)


def under_way(tx: Tx) -> list[tuple[str, RefundRequest]]:
    """Return the gateway and what is owed, of what a provider has still to do: what it was not told
    first, so that what hangs for days keeps nothing back."""
    hangs = sa.case((Refund.status == S.OWED, 0), else_=1)
    rows = tx.execute(OWED.where(STILL).order_by(hangs, Refund.created_at).limit(100))
    return [(row.gateway, RefundRequest(row.id, row.charge, row.amount)) for row in rows]


def owed_of(tx: Tx, refund_id: str) -> RefundRequest | None:
    """Return what a provider was asked to give back; None for what is no refund of ours."""
    row = tx.execute(OWED.where(Refund.id == refund_id)).first()
    return RefundRequest(row.id, row.charge, row.amount) if row else None
