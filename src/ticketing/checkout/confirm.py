"""A payment succeeded: record the money, then sell, or give it back.

Promise 4: a late payment gets its seats if they are free again, else the money goes back at once.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.fulfil import fulfil
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import Refused
from ticketing.foundation.outbox import post
from ticketing.ledger.post import Books, post_payment, post_refund
from ticketing.orders import life
from ticketing.orders.queries import by_id
from ticketing.payments.attempt import succeed
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import owe


def confirm(tx: Tx, payment_id: str, *, now: int) -> None:
    """Harmless when repeated: the first call to see the payment succeed does everything."""
    payment = payment_by_id(tx, payment_id)
    if not succeed(tx, payment_id, now=now):
        return
    order = by_id(tx, payment.order_id)
    books = Books(order.performance_id, order.id, order.currency)
    post_payment(tx, payment_id, payment.gateway, payment.amount, books, now=now)
    try:
        with tx.savepoint():
            fulfil(tx, order, now=now)
    except Refused as refused:
        _return_money(tx, order, payment, books, refused.type, now)


def _return_money(
    tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], books: Books, why: str, now: int
) -> None:
    refund_id = owe(tx, payment, "not_fulfilled", now=now)
    post_refund(tx, refund_id, payment.gateway, payment.amount, books, now=now)
    life.lapse(tx, order.id, now=now)
    note(tx, "payment.returned", order.id, by="checkout", now=now, why=why, amount=payment.amount)
    if order.buyer_email:
        post(tx, "returned", order.buyer_email, order.lang, now=now, order=order.id, why=why)
