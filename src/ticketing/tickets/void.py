"""Voiding: the code dies at once; the row stays."""

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.tickets.headcount import count_out
from ticketing.tickets.models import Ticket


def void(tx: Tx, performance_id: str, order_id: str, reason: str, *, by: str, now: int) -> int:
    """Void the live tickets of an order; return how many that were."""
    live = sa.and_(Ticket.order_id == order_id, Ticket.voided_at.is_(None))
    change = sa.update(Ticket).where(live).values(voided_at=now, void_reason=reason)
    count = tx.execute(change).rowcount
    if count:
        count_out(tx, performance_id, count)
        note(tx, "tickets.voided", order_id, by=by, now=now, reason=reason, count=count)
    return count
