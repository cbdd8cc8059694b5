"""When what is returned is for sale again: at once, or at a time that is announced."""

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import BadInput
from ticketing.inventory.claim import move_returns
from ticketing.programme.models import Performance


def sell_returns_at(tx: Tx, performance_id: str, at: int | None, *, by: str, now: int) -> None:
    """``at``: ms, None for at once. Seats that wait already follow, so each is for sale again once."""
    if at is not None and at <= now:
        raise BadInput("at", "统一开售的时间要在以后。", "The time of the sale has to be ahead.")
    mine = sa.and_(
        Performance.id == performance_id, Performance.returns_sold_at.is_distinct_from(at)
    )
    if not tx.execute(sa.update(Performance).where(mine).values(returns_sold_at=at)).rowcount:
        return
    seats = move_returns(tx, performance_id, until=at or 0, now=now)
    note(tx, "returns.sold_at", performance_id, by=by, now=now, at=at, seats=seats)
