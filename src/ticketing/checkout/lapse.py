"""An order that was not paid in time lets its seats go. Its payment may still arrive: see confirm."""

from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.inventory.sell import let_go
from ticketing.orders import life
from ticketing.orders.queries import by_id


def lapse(tx: Tx, order_id: str, *, now: int) -> None:
    order = by_id(tx, order_id)
    if order.pay_by <= now and life.lapse(tx, order_id, now=now):
        let_go(tx, order.performance_id, order.hold_id, now=now)
        note(tx, "order.lapsed", order_id, by="caretaker", now=now)
