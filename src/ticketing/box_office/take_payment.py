"""Take the money for seats that somebody reserved: cash, or by the desk's QR code."""

import sqlalchemy as sa

from ticketing.box_office.cash import note_taken
from ticketing.checkout.fulfil import fulfil
from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound, Refused
from ticketing.ledger.drawer import drawer_of
from ticketing.ledger.post import Books, post_payment
from ticketing.orders.models import Order, OrderStatus
from ticketing.orders.queries import lock
from ticketing.payments.gateway import Gateway
from ticketing.payments.known import account_of, known
from ticketing.payments.models import PaymentStatus
from ticketing.payments.payment import close, start, succeed
from ticketing.payments.queries import of_order
from ticketing.payments.switch import require_on


class NotReserved(Refused):
    type = "not-reserved"
    zh = "这个订单现在不能收款：已付、已过期或已取消。"
    en = "Nothing can be taken for this order now: it is paid, lapsed or cancelled."


def take_payment(
    tx: Tx, number: str, gateway: Gateway, given: int | None = None, *, by: str, now: int
) -> None:
    """Harmless when repeated: paid, it stays as it is. What stands in the way is raised before any money is
    booked, and then it is not to be taken. ``given``: the cash, in fen; NotEnough.
    """
    order_id = tx.execute(sa.select(Order.id).where(Order.number == number)).scalar()
    if order_id is None:
        raise NotFound()
    order = lock(tx, order_id)
    if order.status == OrderStatus.PAID:
        return
    if order.reserved_at is None or order.status != OrderStatus.AWAITING_PAYMENT:
        raise NotReserved()
    require_on(tx, gateway)
    for row in of_order(tx, order_id):
        here = known(row.gateway).at_desk and row.gateway != gateway.key
        if here and row.status == PaymentStatus.PENDING:
            close(tx, row.id, now=now)
    payment = pending(tx, order_id, gateway) or start(
        tx, order_id, gateway.key, order.total, order.currency, now=now
    )
    succeed(tx, payment, now=now)
    books = Books(order.performance_id, order_id, order.currency, drawer_of(tx, by))
    post_payment(tx, payment, account_of(gateway.key), order.total, books, now=now)
    note_taken(tx, order, gateway, given, by=by, now=now)
    fulfil(tx, order, now=now)


def pending(tx: Tx, order_id: str, gateway: Gateway) -> str | None:
    rows = (row for row in of_order(tx, order_id) if row.status == PaymentStatus.PENDING)
    return next((str(row.id) for row in rows if row.gateway == gateway.key), None)
