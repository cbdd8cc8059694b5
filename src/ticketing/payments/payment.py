"""An attempt to pay: the only place that assigns a payment's status."""

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import new_id
from ticketing.payments.gateways.free import FREE
from ticketing.payments.models import Payment, PaymentStatus

S = PaymentStatus
MOVES = {
    S.PENDING: {S.SUCCEEDED, S.DECLINED, S.CLOSED},
    S.DECLINED: {S.SUCCEEDED, S.CLOSED},  # a provider may change its mind
    S.CLOSED: {S.SUCCEEDED},
    S.SUCCEEDED: set[PaymentStatus](),
}
START = Statement(sa.insert(Payment))


def move(to: PaymentStatus) -> Statement:
    allowed = [start for start, ends in MOVES.items() if to in ends]
    return Statement(
        sa.update(Payment)
        .where(
            Payment.id == sa.bindparam("payment"),
            sa.or_(*(Payment.status == start.value for start in allowed)),
        )
        .values(status=to.value, settled_at=sa.bindparam("now"))
    )


SUCCEED, DECLINE, CLOSE = move(S.SUCCEEDED), move(S.DECLINED), move(S.CLOSED)


def start(tx: Tx, order_id: str, gateway: str, amount: int, currency: str, *, now: int) -> str:
    """Return the id of a new pending payment."""
    payment_id = new_id(now)
    tx.run(
        START, id=payment_id, order_id=order_id, gateway=gateway, amount=amount,
        currency=currency, status=S.PENDING.value, created_at=now,
    )  # fmt: skip
    return payment_id


def give(tx: Tx, order_id: str, currency: str, *, now: int) -> None:
    """Store the payment of an order that costs nothing: it has succeeded."""
    tx.run(
        START, id=new_id(now), order_id=order_id, gateway=FREE.key, amount=0,
        currency=currency, status=S.SUCCEEDED.value, created_at=now, settled_at=now,
    )  # fmt: skip


def succeed(tx: Tx, payment_id: str, *, now: int) -> bool:
    """Return whether this call made it succeed."""
    return tx.run(SUCCEED, payment=payment_id, now=now) == 1


def decline(tx: Tx, payment_id: str, *, now: int) -> bool:
    return tx.run(DECLINE, payment=payment_id, now=now) == 1


def close(tx: Tx, payment_id: str, *, now: int) -> bool:
    return tx.run(CLOSE, payment=payment_id, now=now) == 1


def receive(tx: Tx, payment_id: str, amount: int, currency: str) -> None:
    """Store what came in place of the sum that was asked for."""
    values = {"received": amount, "received_currency": currency}
    tx.execute(sa.update(Payment).where(Payment.id == payment_id).values(values))
