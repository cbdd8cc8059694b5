"""Windows in which a return costs nothing: something changed that was not what a buyer had bought."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import BadInput
from ticketing.foundation.words import Words
from ticketing.pricing.models import FreeReturn


def open_free_returns(
    tx: Tx, performance_id: str, reason: Words, *, closes_at: int, by: str, now: int
) -> None:
    """Let who ordered before now return without a fee until then; ``reason``: what changed."""
    if closes_at <= now:
        raise BadInput("closes_at", "截止时间要在现在之后。", "The end must be later than now.")
    values = {"performance_id": performance_id, "opened_at": now, "closes_at": closes_at}
    tx.execute(sa.insert(FreeReturn), values | {"reason": reason})
    note(tx, "free_returns.opened", performance_id, by=by, now=now, closes_at=closes_at)


def free_return(tx: Tx, performance_id: str, placed_at: int, now: int) -> sa.Row[Any] | None:
    """Return the window that an order of that moment may use now; the one that closes last."""
    here = sa.and_(
        FreeReturn.performance_id == performance_id,
        FreeReturn.opened_at >= placed_at,
        FreeReturn.closes_at > now,
    )
    query = sa.select(FreeReturn.__table__).where(here).order_by(FreeReturn.closes_at.desc())
    return tx.execute(query.limit(1)).first()
