"""The scans of one ticket that let somebody in or out, and where they were made."""

import json
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.fold import Past, Seen, fold
from ticketing.admission.models import Scan
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.words import Words
from ticketing.venues.models import Gate

SEEN = (
    Scan.device, Scan.sequence, Scan.at, Scan.gate, Scan.verdict, Scan.told,
    sa.case((Scan.reason != sa.literal_column("''"), sa.text("1")), else_=sa.text("0")),
    sa.case((Scan.undone_at.is_not(None), sa.text("1")), else_=sa.text("0")),
)  # fmt: skip
MOVED = sa.text("verdict IN ('admitted', 'left')")
OF_TICKET = Statement(
    sa.select(*SEEN, Scan.entry, sa.cast(Gate.label, sa.Text))
    .join(Gate, Gate.name == Scan.gate)
    .where(Scan.ticket_id == sa.bindparam("ticket_id"), MOVED)
)


class History(NamedTuple):
    """``last_entry``: the number of the latest one, undone or not; ``labels`` of the gates."""

    past: Past
    last_entry: int
    labels: dict[str, Words]
    scans: tuple[Seen, ...] = ()


NO_HISTORY = History(Past(), 0, {})


def history(tx: Tx, ticket_id: str) -> History:
    rows = tx.all(OF_TICKET, ticket_id=ticket_id)
    if not rows:
        return NO_HISTORY
    scans = tuple(seen(row) for row in rows)
    labels = {row[3]: json.loads(row[-1]) for row in rows}
    return History(fold(scans), max(row[-2] for row in rows), labels, scans)


def seen(row: tuple[object, ...]) -> Seen:
    """``row`` begins with what ``SEEN`` asks for."""
    *plain, told, overruled, undone = row[: len(SEEN)]
    return Seen._make([*plain, bool(told), bool(overruled), bool(undone)])
