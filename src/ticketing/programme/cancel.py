"""Cancel a performance: no sale and no payment of it succeeds from then on."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.words import Words
from ticketing.programme.models import Performance


def cancel(tx: Tx, performance_id: str, reason: Words, *, by: str, now: int) -> bool:
    """Return whether this call did it. ``reason``: as the buyers will read it."""
    mine = sa.and_(Performance.id == performance_id, Performance.cancelled_at.is_(None))
    change = sa.update(Performance).where(mine)
    if not tx.execute(change.values(cancelled_at=now, cancel_reason=reason)).rowcount:
        return False
    note(tx, "performance.cancelled", performance_id, by=by, now=now)
    return True
