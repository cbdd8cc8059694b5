"""An order that was not paid in time lets its seats go: once nobody can pay for it any more.

Where a provider's page may still take the money the order is *expiring*: the page is closed first (see
``providers``), and its seats are kept until that is known, or longer than the page can be open.
A payment may still arrive: see ``confirm``.
"""

from ticketing.checkout.others_money import let_go_all
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.inventory.sell import let_go
from ticketing.orders import life
from ticketing.orders.queries import lock
from ticketing.payments.page import unpaid_pages


def lapse(tx: Tx, order_id: str, *, now: int) -> bool:
    """Return whether pages are to be closed first."""
    order = lock(tx, order_id)
    if order.pay_by > now:
        return False
    if unpaid_pages(tx, order_id):
        life.expire(tx, order_id)
        return True
    if life.lapse(tx, order_id, now=now):
        let_go(tx, order.performance_id, order.hold_id, now=now)
        let_go_all(tx, order_id, now=now)
        note(tx, "order.lapsed", order_id, by="caretaker", now=now)
    return False
