"""Voiding: the code dies at once; the row stays."""

from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.tickets.headcount import count_out
from ticketing.tickets.models import Ticket


def void(
    tx: Tx, performance_id: str, line_ids: Iterable[str], reason: str, *, by: str, now: int
) -> int:
    """Void the live tickets of these order lines; return how many that were."""
    lines = sorted(line_ids)
    live = sa.and_(Ticket.line_id.in_(lines), Ticket.voided_at.is_(None))
    change = sa.update(Ticket).where(live).values(voided_at=now, void_reason=reason)
    count = tx.execute(change).rowcount
    if count:
        count_out(tx, performance_id, count)
        note(tx, "tickets.voided", performance_id, by=by, now=now, reason=reason, lines=lines)
    return count
