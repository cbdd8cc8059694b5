"""When what is returned is for sale again: at once, or at a time that is announced."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import BadInput
from ticketing.programme.models import Performance


def announce_returns(tx: Tx, performance_id: str, at: int | None, *, now: int) -> bool:
    """Say when returned seats are sold, in ms; None for at once. Return whether that is news.

    BadInput for a time that is over. The seats themselves follow by ``inventory``'s ``sell_returns_at``.
    """
    if at is not None and at <= now:
        raise BadInput("at", "统一开售的时间要在以后。", "The time of the sale has to be ahead.")
    mine = sa.and_(
        Performance.id == performance_id, Performance.returns_sold_at.is_distinct_from(at)
    )
    return bool(tx.execute(sa.update(Performance).where(mine).values(returns_sold_at=at)).rowcount)
