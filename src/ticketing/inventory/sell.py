"""From held to sold."""

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.inventory import claim
from ticketing.inventory.hold_record import LOCK, HoldLapsed
from ticketing.inventory.models import Hold

ORDERED = Statement(
    sa.update(Hold)
    .where(Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None))
    .values(ordered_at=sa.bindparam("now"))
)


def consume(tx: Tx, hold_id: str, *, now: int) -> None:
    """Turn a hold into an order's, once."""
    if not tx.run(ORDERED, hold=hold_id, now=now):
        raise HoldLapsed()


def sell(tx: Tx, performance_id: str, hold_id: str, order_id: str, count: int, *, now: int) -> None:
    """Sell the ``count`` seats that were just claimed for this hold; HoldLapsed if one is not."""
    if claim.sell(tx, performance_id, hold_id, order_id, now=now) != count:
        raise HoldLapsed()


def let_go(tx: Tx, performance_id: str, hold_id: str, *, now: int) -> None:
    """Free the unsold seats of an order that lapsed."""
    tx.all(LOCK, hold_id=hold_id, now=0)
    claim.keep(tx, performance_id, hold_id, until=0, now=now)
