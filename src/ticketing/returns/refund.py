"""Money goes back the way it came: owed in the act that decides it, given by whoever has it."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import NotFound, Refused
from ticketing.ledger.drawer import drawer_of
from ticketing.ledger.models import Account
from ticketing.ledger.post import (
    Books,
    post_bounced,
    post_covered,
    post_paid_out,
    post_refund,
    post_repaid,
)
from ticketing.orders.queries import by_id as order_by_id
from ticketing.payments.balance import too_much
from ticketing.payments.dispute import disputed
from ticketing.payments.known import account_of, known
from ticketing.payments.models import RefundStatus
from ticketing.payments.provider import RefundFound, RefundState
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import LEFT, cover, failed, move, owe, refund


class BankDecides(Refused):
    type = "bank-decides"
    zh = "银行正在处理这笔付款的争议：有了结果再退，不然可能退两次。"
    en = "The buyer's bank is looking into this payment: wait for its answer, or it may go back twice."


HERE = RefundState(RefundStatus.SUCCEEDED, None)  # out of the drawer, or in play
BY_HAND = RefundState(RefundStatus.FAILED, None)  # somebody has to pay it out


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
    *, by_hand: bool = False, by: str = "checkout", now: int,
) -> str:  # fmt: skip
    """Owe a part of what came in and return the refund's id; what needs no provider goes at once.

    ``by_hand``: money that was taken at the desk, for a buyer who does not stand there. So is cash that
    nobody's open drawer could pay.
    """
    refund_id = owe(tx, payment, amount, books.currency, reason, now=now)
    post_refund(tx, refund_id, amount, books, now=now)
    gateway = known(payment.gateway)
    if not gateway.elsewhere:
        nobodys = account_of(gateway.key) is Account.CASH and drawer_of(tx, by) is None
        given = BY_HAND if (by_hand and gateway.at_desk) or nobodys else HERE
        told_of_refund(tx, refund_id, given, by=by, now=now)
    return refund_id


def found_at_provider(
    tx: Tx, payment: sa.Row[Any], gone: RefundFound, performance_id: str,
    *, lost: int, now: int,
) -> None:  # fmt: skip
    """Store a refund that the provider made without our asking; so much of it is ``lost``, in fen."""
    refund_id = owe(tx, payment, gone.amount, gone.currency, "found", now=now)
    books = Books(performance_id, payment.order_id, gone.currency)
    post_refund(tx, refund_id, gone.amount, books, lost=lost, now=now)
    told_of_refund(tx, refund_id, RefundState(RefundStatus.SUCCEEDED, gone.reference), now=now)


def cover_what_left(tx: Tx, payment: sa.Row[Any], *, now: int) -> None:
    """What could not be given back is owed no more where it had left before without our asking."""
    gone = too_much(tx, payment)
    for row in failed(tx, payment.id):
        if part := min(gone, row.amount - row.covered):
            books = Books(order_by_id(tx, row.order_id).performance_id, row.order_id, row.currency)
            post_covered(tx, f"{row.id}:{row.covered}", part, books, now=now)
            cover(tx, row, part, now=now)
            note(tx, "refund.covered", row.id, by="checkout", now=now, amount=part)
            gone -= part


def paid_out(tx: Tx, refund_id: str, *, by: str, now: int) -> None:
    """Somebody paid a failed refund by hand. Harmless when repeated; NotFound, BankDecides."""
    row = refund(tx, refund_id)
    if row is None:
        raise NotFound()
    if disputed(tx, row.order_id):
        raise BankDecides()
    told_of_refund(tx, refund_id, RefundState(RefundStatus.PAID_OUT, None), by=by, now=now)


def told_of_refund(
    tx: Tx, refund_id: str, given: RefundState, *, by: str = "checkout", now: int
) -> None:  # fmt: skip
    """Harmless when repeated, and in any order: a refund only moves forward."""
    was = refund(tx, refund_id)
    if was is None or not move(tx, was, given.status, given.reference, now=now):
        return
    payment = payment_by_id(tx, was.payment_id)
    at = account_of(payment.gateway)
    books = Books(
        order_by_id(tx, was.order_id).performance_id, was.order_id, was.currency,
        drawer_of(tx, by) if at is Account.CASH else None,
    )  # fmt: skip
    if was.status not in LEFT and given.status in LEFT:
        post_repaid(tx, was.id, at, was.amount, books, now=now)
    if was.status in LEFT and given.status not in LEFT:
        post_bounced(tx, was.id, at, was.amount, books, now=now)
    if given.status == RefundStatus.PAID_OUT:
        post_paid_out(tx, was.id, was.amount - was.covered, books, now=now)
    note(tx, f"refund.{given.status}", was.id, by=by, now=now, amount=was.amount)
    if given.status == RefundStatus.FAILED:
        cover_what_left(tx, payment, now=now)
