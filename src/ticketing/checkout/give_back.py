"""Money goes back the way it came: owed in the act that decides it, given by whoever has it."""

from typing import Any

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.ledger.post import (
    Books,
    post_bounced,
    post_paid_out,
    post_refund,
    post_repaid,
)
from ticketing.orders.queries import by_id as order_by_id
from ticketing.payments.gateway import GivenBack
from ticketing.payments.models import Gateway, RefundStatus
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import LEFT, move, owe, refund

HERE = GivenBack(RefundStatus.SUCCEEDED, None)  # out of the drawer, or in play


def return_payment(
    tx: Tx, payment: sa.Row[Any], performance_id: str, reason: str, *, now: int
) -> None:
    """Owe all that came in with a payment; what needs no provider is given back at once."""
    amount = payment.amount if payment.received is None else payment.received
    currency = payment.received_currency or payment.currency
    refund_id = owe(tx, payment, amount, currency, reason, now=now)
    books = Books(performance_id, payment.order_id, currency)
    post_refund(tx, refund_id, amount, books, now=now)
    if not Gateway(payment.gateway).elsewhere:
        told_of_refund(tx, refund_id, HERE, now=now)


def told_of_refund(tx: Tx, refund_id: str, given: GivenBack, *, now: int) -> None:
    """Harmless when repeated, and in any order: a refund only moves forward."""
    was = refund(tx, refund_id)
    if was is None or not move(tx, was, given.status, given.reference, now=now):
        return
    gateway = payment_by_id(tx, was.payment_id).gateway
    books = Books(order_by_id(tx, was.order_id).performance_id, was.order_id, was.currency)
    if was.status not in LEFT and given.status in LEFT:
        post_repaid(tx, was.id, gateway, was.amount, books, now=now)
    if was.status in LEFT and given.status not in LEFT:
        post_bounced(tx, was.id, gateway, was.amount, books, now=now)
    if given.status == RefundStatus.PAID_OUT:
        post_paid_out(tx, was.id, was.amount, books, now=now)
    note(tx, f"refund.{given.status}", was.id, by="checkout", now=now, amount=was.amount)
