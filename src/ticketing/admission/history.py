"""The scans of one ticket that let somebody in or out, and where they were made."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.fold import Past, Seen, fold
from ticketing.admission.models import Scan
from ticketing.admission.resolve import TicketFacts
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.words import Words
from ticketing.tickets.models import Ticket
from ticketing.venues.models import Gate

SEEN = (
    Scan.device, Scan.sequence, Scan.at, Scan.gate, Scan.verdict, Scan.told,
    sa.case((Scan.reason != sa.literal_column("''"), sa.text("1")), else_=sa.text("0")),
    sa.case((Scan.undone_at.is_not(None), sa.text("1")), else_=sa.text("0")),
)  # fmt: skip
MOVED = sa.text("verdict IN ('admitted', 'left')")
OF_ORDER = Statement(
    sa.select(
        *SEEN, Scan.entry, sa.cast(Gate.label, sa.Text),
        Ticket.id, Ticket.short, Ticket.seat_id, Ticket.voided_at,
    )
    .select_from(Ticket)
    .outerjoin(Scan, sa.and_(Scan.ticket_id == Ticket.id, MOVED))
    .outerjoin(Gate, Gate.name == Scan.gate)
    .where(
        Ticket.order_id == sa.bindparam("order_id"),
        Ticket.performance_id == sa.bindparam("performance_id"),
    )
    .order_by(Ticket.id)
)  # fmt: skip


class History(NamedTuple):
    """``last_entry``: the number of the latest one, undone or not; ``labels`` of the gates; ``party``:
    short number and seat of the order's other live tickets on which nobody came in."""

    past: Past
    last_entry: int
    labels: dict[str, Words]
    scans: tuple[Seen, ...] = ()
    party: tuple[tuple[str, str], ...] = ()


NO_HISTORY = History(Past(), 0, {})


def history(tx: Tx, ticket: TicketFacts) -> History:
    """One statement tells of this ticket and of those that come with it: at the door each one counts."""
    rows = tx.all(OF_ORDER, order_id=ticket.order_id, performance_id=ticket.performance_id)
    others: dict[tuple[str, str], bool] = {}
    moves = []
    for row in rows:
        *move, ticket_id, short, seat_id, voided_at = row
        if ticket_id == ticket.id and move[0] is not None:
            moves.append(move)
        elif ticket_id != ticket.id and voided_at is None:
            others[short, seat_id] = others.get((short, seat_id), False) or came_in(move)
    party = tuple(other for other, came in others.items() if not came)
    if not moves:
        return NO_HISTORY._replace(party=party)
    scans = tuple(seen(move) for move in moves)
    labels = {move[3]: json.loads(move[-1]) for move in moves}
    return History(fold(scans), max(move[-2] for move in moves), labels, scans, party)


def came_in(move: Sequence[object]) -> bool:
    return move[4] == "admitted" and not move[7]


def seen(row: Sequence[object]) -> Seen:
    """``row`` begins with what ``SEEN`` asks for."""
    *plain, told, overruled, undone = row[: len(SEEN)]
    return Seen._make([*plain, bool(told), bool(overruled), bool(undone)])
