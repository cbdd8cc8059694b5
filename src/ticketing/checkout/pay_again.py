"""Another attempt to pay, while the time runs."""

from ticketing.checkout.fulfil import OrderClosed
from ticketing.desk.db import Tx
from ticketing.inventory.claim import keep
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret, lock
from ticketing.payments.gateway import Gateway
from ticketing.payments.models import PaymentStatus
from ticketing.payments.page import want
from ticketing.payments.payment import start
from ticketing.payments.queries import of_order
from ticketing.payments.switch import require_on


def pay_again(tx: Tx, secret: str, gateway: Gateway, *, now: int) -> str:
    """Return the id of a pending payment: the one there is, or a new one."""
    order = lock(tx, by_secret(tx, secret).id)  # so that two clicks do not make two
    if order.status != OrderStatus.AWAITING_PAYMENT or order.pay_by <= now:
        raise OrderClosed()
    for row in of_order(tx, order.id):
        if row.status == PaymentStatus.PENDING and row.gateway == gateway.key:
            return str(row.id)
    require_on(tx, gateway)
    payment_id = start(tx, order.id, gateway.key, order.total, order.currency, now=now)
    if gateway.elsewhere:
        until = want(tx, payment_id, gateway.key, pay_by=order.pay_by, now=now)
        keep(tx, order.performance_id, order.hold_id, until=until, now=now)
    return payment_id
