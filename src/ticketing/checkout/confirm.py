"""A payment succeeded: record the money, then sell, or give it back.

Promise 4: a late payment gets its seats if they are free again, else the money goes back at once.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.fulfil import fulfil
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.outbox import post
from ticketing.foundation.errors import Refused
from ticketing.ledger.post import Books, post_payment
from ticketing.orders import lifecycle as life
from ticketing.orders.commitments import let_go_all
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import lock
from ticketing.payments.known import account_of
from ticketing.payments.payment import receive, succeed
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.returns.refund import return_payment


class WrongSum(Refused):
    type = "wrong-sum"
    zh = "收到的金额或币种和订单不符。"
    en = "What came is not the sum, or not the currency, of the order."


def confirm(tx: Tx, payment_id: str, amount: int, currency: str, *, now: int) -> None:
    """Harmless when repeated: the first call to see the payment succeed does everything."""
    payment = payment_by_id(tx, payment_id)
    if not succeed(tx, payment_id, now=now):
        return
    order = lock(tx, payment.order_id)
    books = Books(order.performance_id, order.id, currency)
    post_payment(tx, payment_id, account_of(payment.gateway), amount, books, now=now)
    try:
        if (amount, currency) != (payment.amount, payment.currency):
            receive(tx, payment_id, amount, currency)
            raise WrongSum()
        with tx.savepoint():
            fulfil(tx, order, now=now, late=order.status == OrderStatus.LAPSED)
    except Refused as refused:
        _return_money(tx, order, payment_id, refused.type, now)


def _return_money(tx: Tx, order: sa.Row[Any], payment_id: str, why: str, now: int) -> None:
    payment = payment_by_id(tx, payment_id)
    return_payment(tx, payment, order.performance_id, "not_fulfilled", now=now)
    may_still_pay = why == WrongSum.type  # the right one
    if not may_still_pay and life.lapse(tx, order.id, now=now):
        let_go_all(tx, order.id, now=now)
    note(tx, "payment.returned", order.id, by="checkout", now=now, why=why, amount=payment.amount)
    if order.buyer_email:
        post(tx, "returned", order.buyer_email, order.lang, now=now, order=order.id, why=why)
