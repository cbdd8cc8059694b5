"""Cancel an order at the counter: tickets void, seats free, the whole price back, the books reversed."""

from typing import Any

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan
from ticketing.checkout.give_back import return_payment
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import NotFound, Refused
from ticketing.foundation.outbox import post
from ticketing.inventory.claim import take_back
from ticketing.ledger.post import Books, post_return
from ticketing.orders import life
from ticketing.orders.models import Order
from ticketing.orders.queries import priced
from ticketing.payments.models import PaymentStatus
from ticketing.payments.queries import of_order, refunds
from ticketing.tickets.models import Ticket
from ticketing.tickets.void import void


class NotCancellable(Refused):
    type = "not-cancellable"
    zh = "只有已付款、还没有人入场的订单可以取消。"
    en = "Only a paid order of which nobody has come in can be cancelled."


def cancel_order(tx: Tx, number: str, *, by: str, now: int) -> None:
    """Harmless when repeated: the second time the order is no longer paid. See NotCancellable."""
    order = tx.execute(sa.select(Order.__table__).where(Order.number == number)).first()
    if order is None:
        raise NotFound()
    if order.paid_at is None or not life.cancel(tx, order.id, now=now):
        raise NotCancellable()
    take_back(tx, order.performance_id, order.id, now=now)
    void(tx, order.performance_id, order.id, "cancelled", by=by, now=now)
    if somebody_came(tx, order.id):
        raise NotCancellable()
    give_money_back(tx, order, now)
    note(tx, "order.cancelled", order.id, by=by, now=now)
    if order.buyer_email:
        post(
            tx, "returned", order.buyer_email, order.lang, now=now, order=order.id, why="cancelled"
        )


def somebody_came(tx: Tx, order_id: str) -> bool:
    query = sa.select(Scan.nonce).join(Ticket, Ticket.id == Scan.ticket_id)
    return (
        tx.execute(query.where(Ticket.order_id == order_id, CAME_IN).limit(1)).first() is not None
    )


def give_money_back(tx: Tx, order: sa.Row[Any], now: int) -> None:
    books = Books(order.performance_id, order.id, order.currency)
    lines = priced(tx, order.id)
    paid, funded = sum(line[2] for line in lines), sum(line[3] for line in lines)
    post_return(tx, paid, funded, books, now=now)
    payments = of_order(tx, order.id)  # before the refunds: a payment that came in has its refund
    returned = {refund.payment_id for refund in refunds(tx, order.id)}
    for payment in payments:
        kept = payment.amount and payment.id not in returned
        if payment.status == PaymentStatus.SUCCEEDED and kept:
            return_payment(tx, payment, order.performance_id, "cancelled", now=now)
