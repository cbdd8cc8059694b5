"""Was a performance played? It is over, and was not cancelled before."""

from typing import Any

import sqlalchemy as sa

from ticketing.programme.models import Performance

NOT_CANCELLED = sa.or_(
    Performance.cancelled_at.is_(None), Performance.cancelled_at >= Performance.ends_at
)


def played(show: sa.Row[Any], now: int) -> bool:
    """``show``: a row of ``queries``."""
    cancelled = show.cancelled_at is not None and show.cancelled_at < show.ends_at
    return bool(now >= show.ends_at and not cancelled)
