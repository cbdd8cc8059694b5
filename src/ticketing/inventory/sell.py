"""From held to sold, and back to the house."""

import sqlalchemy as sa

from ticketing.foundation.db import Statement, Tx
from ticketing.inventory.hold import MINE as LOCK
from ticketing.inventory.hold import HoldLapsed
from ticketing.inventory.models import Hold, PerformanceSeat

SEAT = PerformanceSeat
ORDERED = Statement(
    sa.update(Hold)
    .where(Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None))
    .values(ordered_at=sa.bindparam("now"), held_until=sa.bindparam("until"))
)
KEEP = Statement(
    sa.update(SEAT)
    .where(
        SEAT.performance_id == sa.bindparam("performance"),
        SEAT.hold_id == sa.bindparam("hold"),
        SEAT.order_id.is_(None),
    )
    .values(held_until=sa.bindparam("until"), changed_at=sa.bindparam("now"))
)
SELL = Statement(
    sa.update(SEAT)
    .where(
        SEAT.performance_id == sa.bindparam("performance"),
        SEAT.hold_id == sa.bindparam("hold"),
        SEAT.order_id.is_(None),
        SEAT.allocation.is_(None),
        SEAT.held_until > sa.bindparam("now"),
    )
    .values(order_id=sa.bindparam("order"), changed_at=sa.bindparam("now"))
)
FREE_SOLD = Statement(
    sa.update(SEAT)
    .where(
        SEAT.performance_id == sa.bindparam("performance"), SEAT.order_id == sa.bindparam("order")
    )
    .values(order_id=None, hold_id=None, held_until=0, changed_at=sa.bindparam("now"))
)


def consume(tx: Tx, performance_id: str, hold_id: str, *, until: int, now: int) -> None:
    """Turn a hold into an order's, once, and keep its seats until the order must be paid."""
    if not tx.run(ORDERED, hold=hold_id, until=until, now=now):
        raise HoldLapsed()
    tx.run(KEEP, performance=performance_id, hold=hold_id, until=until, now=now)


def sell(tx: Tx, performance_id: str, hold_id: str, order_id: str, count: int, *, now: int) -> None:
    """Sell the ``count`` seats that were just claimed for this hold; HoldLapsed if one is not."""
    if tx.run(SELL, performance=performance_id, hold=hold_id, order=order_id, now=now) != count:
        raise HoldLapsed()


def give_back(tx: Tx, performance_id: str, hold_id: str, *, now: int) -> None:
    """Free the unsold seats of an order that lapsed."""
    tx.all(LOCK, performance_id=performance_id, hold_id=hold_id, now=0)
    tx.run(KEEP, performance=performance_id, hold=hold_id, until=0, now=now)


def take_back(tx: Tx, performance_id: str, order_id: str, *, now: int) -> None:
    """Free the sold seats of an order whose tickets are void."""
    tx.run(FREE_SOLD, performance=performance_id, order=order_id, now=now)
