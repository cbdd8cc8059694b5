"""Cancel an order at the counter: tickets void, seats free, the whole price back, the books reversed."""

import sqlalchemy as sa

from ticketing.admission.queries import came_in
from ticketing.checkout.return_quote import Waiver
from ticketing.checkout.return_tickets import do_return
from ticketing.checkout.take_back import NotReturnable
from ticketing.foundation.db import Tx
from ticketing.foundation.errors import NotFound, Refused
from ticketing.orders.models import Order
from ticketing.orders.queries import lock

IN_FULL = Waiver(waive=True, at_desk=True)


class NotCancellable(Refused):
    type = "not-cancellable"
    zh = "只有已付款、还没有人入场的订单可以取消。"
    en = "Only a paid order of which nobody has come in can be cancelled."


def cancel_order(tx: Tx, number: str, *, by: str, now: int) -> None:
    """Harmless when repeated: the second time the order is no longer paid. See NotCancellable."""
    order_id = tx.execute(sa.select(Order.id).where(Order.number == number)).scalar()
    if order_id is None:
        raise NotFound()
    if came_in(tx, order_id):
        raise NotCancellable()
    try:
        do_return(tx, lock(tx, order_id), (), IN_FULL, "cancelled", by=by, now=now)
    except NotReturnable as why:
        raise NotCancellable() from why
