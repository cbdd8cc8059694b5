"""Another attempt to pay, while the time runs."""

from ticketing.checkout.fulfil import OrderClosed
from ticketing.foundation.db import Tx
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret
from ticketing.payments.attempt import start
from ticketing.payments.models import Gateway, PaymentStatus
from ticketing.payments.queries import of_order


def pay_again(tx: Tx, secret: str, gateway: Gateway, *, now: int) -> str:
    """Return the id of a pending payment: the one there is, or a new one."""
    order = by_secret(tx, secret)
    if order.status != OrderStatus.AWAITING_PAYMENT or order.pay_by <= now:
        raise OrderClosed()
    pending = [row.id for row in of_order(tx, order.id) if row.status == PaymentStatus.PENDING]
    return (
        pending[-1]
        if pending
        else start(tx, order.id, gateway, order.total, order.currency, now=now)
    )
