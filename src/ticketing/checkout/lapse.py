"""An order that was not paid in time lets its seats go: once nobody can pay for it any more.

Where a provider's page may still take the money the order is *expiring*: the page is closed first (see
``providers``), and its seats are kept until that is known, or longer than the page can be open.
A payment may still arrive: see ``confirm``.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.fulfil import OrderClosed
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.inventory.sell import let_go
from ticketing.orders import lifecycle as life
from ticketing.orders.commitments import let_go_all
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret, lock
from ticketing.payments.page import unpaid_pages


def lapse(tx: Tx, order_id: str, *, now: int) -> bool:
    """Return whether pages are to be closed first."""
    order = lock(tx, order_id)
    if order.pay_by > now:
        return False
    if unpaid_pages(tx, order_id):
        life.expire(tx, order_id)
        return True
    end(tx, order, by="caretaker", now=now)
    return False


def give_up(tx: Tx, secret: str, *, now: int) -> None:
    """Give back seats that are not paid for and not wanted any more. OrderClosed where it is too late, or a
    provider's page may still take the money.
    """
    order = lock(tx, by_secret(tx, secret).id)
    if unpaid_pages(tx, order.id):
        raise OrderClosed()
    if order.status != OrderStatus.LAPSED and not end(tx, order, by="buyer", now=now):
        raise OrderClosed()


def end(tx: Tx, order: sa.Row[Any], *, by: str, now: int) -> bool:
    """Return whether this call ended it."""
    if not life.lapse(tx, order.id, now=now):
        return False
    let_go(tx, order.performance_id, order.hold_id, now=now)
    let_go_all(tx, order.id, now=now)
    note(tx, "order.lapsed", order.id, by=by, now=now)
    return True
