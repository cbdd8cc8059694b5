"""Money goes back the way it came: owed in the act that decides it, given by whoever has it."""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.purse import purse
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import NotFound
from ticketing.ledger.post import (
    Books,
    post_bounced,
    post_paid_out,
    post_refund,
    post_repaid,
)
from ticketing.orders.queries import by_id as order_by_id
from ticketing.payments.gateway import GivenBack, Gone
from ticketing.payments.known import known
from ticketing.payments.models import RefundStatus
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import LEFT, move, owe, refund

HERE = GivenBack(RefundStatus.SUCCEEDED, None)  # out of the drawer, or in play
BY_HAND = GivenBack(RefundStatus.FAILED, None)  # somebody has to pay it out


def return_payment(
    tx: Tx, payment: sa.Row[Any], performance_id: str, reason: str, *, now: int
) -> None:
    """Owe all that came in with a payment that bought nothing."""
    amount = payment.amount if payment.received is None else payment.received
    currency = payment.received_currency or payment.currency
    return_money(
        tx, payment, amount, Books(performance_id, payment.order_id, currency), reason, now=now
    )


def return_money(
    tx: Tx, payment: sa.Row[Any], amount: int, books: Books, reason: str,
    *, by_hand: bool = False, now: int,
) -> str:  # fmt: skip
    """Owe a part of what came in and return the refund's id; what needs no provider goes at once.

    ``by_hand``: cash that was taken at the desk, for a buyer who does not stand there.
    """
    refund_id = owe(tx, payment, amount, books.currency, reason, now=now)
    post_refund(tx, refund_id, amount, books, now=now)
    gateway = known(payment.gateway)
    if not gateway.elsewhere:
        given = BY_HAND if by_hand and gateway.at_desk else HERE
        told_of_refund(tx, refund_id, given, now=now)
    return refund_id


def found_at_provider(
    tx: Tx, refund_id: str | None, payment: sa.Row[Any], gone: Gone, performance_id: str,
    *, lost: bool, now: int,
) -> None:  # fmt: skip
    """Store a refund that the provider made: one that we owed, or a new one, ``lost`` or not."""
    if refund_id is None:
        refund_id = owe(tx, payment, gone.amount, gone.currency, "found", now=now)
        books = Books(performance_id, payment.order_id, gone.currency)
        post_refund(tx, refund_id, gone.amount, books, lost=lost, now=now)
    told_of_refund(tx, refund_id, GivenBack(RefundStatus.SUCCEEDED, gone.reference), now=now)


def paid_out(tx: Tx, refund_id: str, *, by: str, now: int) -> None:
    """Somebody paid a failed refund by hand. Harmless when repeated; NotFound for an unknown one."""
    if refund(tx, refund_id) is None:
        raise NotFound()
    told_of_refund(tx, refund_id, GivenBack(RefundStatus.PAID_OUT, None), by=by, now=now)


def told_of_refund(
    tx: Tx, refund_id: str, given: GivenBack, *, by: str = "checkout", now: int
) -> None:  # fmt: skip
    """Harmless when repeated, and in any order: a refund only moves forward."""
    was = refund(tx, refund_id)
    if was is None or not move(tx, was, given.status, given.reference, now=now):
        return
    at = purse(payment_by_id(tx, was.payment_id).gateway)
    books = Books(order_by_id(tx, was.order_id).performance_id, was.order_id, was.currency)
    if was.status not in LEFT and given.status in LEFT:
        post_repaid(tx, was.id, at, was.amount, books, now=now)
    if was.status in LEFT and given.status not in LEFT:
        post_bounced(tx, was.id, at, was.amount, books, now=now)
    if given.status == RefundStatus.PAID_OUT:
        post_paid_out(tx, was.id, was.amount, books, now=now)
    note(tx, f"refund.{given.status}", was.id, by=by, now=now, amount=was.amount)
