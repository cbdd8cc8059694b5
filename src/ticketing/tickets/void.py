"""Voiding: the code dies at once; the row stays. And what was reserved comes to life when it is paid for."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.tickets.headcount import count_in, count_out
from ticketing.tickets.issue import ApprovedNumberReached
from ticketing.tickets.models import UNPAID, Ticket


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


def bring_to_life(tx: Tx, performance_id: str, lines: Mapping[str, str], *, now: int) -> None:
    """``lines``: order line by seat, of reserved tickets; a seat may have become another."""
    for seat_id, line_id in sorted(lines.items()):
        mine = sa.and_(Ticket.line_id == line_id, Ticket.void_reason == UNPAID)
        values = {"voided_at": None, "void_reason": None, "issued_at": now, "seat_id": seat_id}
        tx.execute(sa.update(Ticket).where(mine).values(values))
    if not count_in(tx, performance_id, len(lines)):
        raise ApprovedNumberReached()
