"""Cancel an order at the counter, or some of its tickets: they are void, their seats free, their whole
price back, the books reversed."""

from collections.abc import Collection

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


def cancel_order(
    tx: Tx, number: str, lines: Collection[str] = (), *, by: str, now: int
) -> None:  # fmt: skip
    """``lines``: of the tickets that go back, all where none is named. Harmless when repeated: the second
    time they are void. See NotCancellable.
    """
    order_id = tx.execute(sa.select(Order.id).where(Order.number == number)).scalar()
    if order_id is None:
        raise NotFound()
    if not lines and came_in(tx, order_id):
        raise NotCancellable()
    reason = "returned" if lines else "cancelled"
    try:
        do_return(tx, lock(tx, order_id), lines, IN_FULL, reason, by=by, now=now)
    except NotReturnable as why:
        raise NotCancellable() from why
