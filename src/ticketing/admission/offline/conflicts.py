"""What went wrong while gates were apart: somebody entered twice on one ticket, or on one that was void."""

import json
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.fold import Seen, fold
from ticketing.admission.history import MOVED, SEEN, seen
from ticketing.admission.models import CAME_IN, Device, Scan
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.words import Words
from ticketing.programme.models import Performance
from ticketing.seating.plan import Seat, Section
from ticketing.seating.queries import plan
from ticketing.tickets.models import Ticket
from ticketing.venues.models import Gate


class Entry(NamedTuple):
    """One of two entries; ``device``: its name, else what it calls itself."""

    at: int
    gate: str
    gate_label: Words
    device: str
    sequence: int
    device_name: str


class Conflict(NamedTuple):
    """``kind``: twice, or void for a ticket that was void before; ``first``: when it was let in before."""

    kind: str
    ticket_id: str
    short: str
    seat: Seat
    section: Section
    first: Entry | None
    second: Entry


COLUMNS = (
    *SEEN, Ticket.id, Ticket.short, Ticket.seat_id, Performance.plan_id, Ticket.voided_at,
    sa.cast(Gate.label, sa.Text), sa.func.coalesce(Device.name, Scan.device),
)  # fmt: skip
MOVES = (
    sa.select(*COLUMNS)
    .join(Ticket, Ticket.id == Scan.ticket_id)
    .join(Performance, Performance.id == Scan.performance_id)
    .join(Gate, Gate.name == Scan.gate)
    .outerjoin(Device, Device.id == Scan.device)
)
OF_TICKET = Statement(MOVES.where(Scan.ticket_id == sa.bindparam("ticket_id"), MOVED))
TWICE = sa.select(Scan.ticket_id).where(
    Scan.performance_id == sa.bindparam("performance_id"), CAME_IN
).group_by(Scan.ticket_id).having(sa.func.count() > sa.literal_column("1"))  # fmt: skip
AFTER_VOID = (
    sa.select(Scan.ticket_id)
    .join(Ticket, Ticket.id == Scan.ticket_id)
    .where(
        Scan.performance_id == sa.bindparam("performance_id"), CAME_IN,
        Ticket.voided_at < Scan.at,
    )
)  # fmt: skip
DOUBTFUL = Statement(sa.union(TWICE, AFTER_VOID))


def conflicts(tx: Tx, performance_id: str) -> list[Conflict]:
    """Return all of a performance, in the order in which they happened."""
    tickets = tx.all(DOUBTFUL, performance_id=performance_id)
    found = [conflict for (ticket_id,) in tickets for conflict in of_ticket(tx, ticket_id)]
    return sorted(found, key=lambda conflict: (conflict.second.at, conflict.ticket_id))


def of_ticket(tx: Tx, ticket_id: str) -> list[Conflict]:
    rows = {seen(row): row for row in tx.all(OF_TICKET, ticket_id=ticket_id)}
    doubled = [("twice", twice.first, twice.second) for twice in fold(rows).twice]
    void = [("void", None, scan) for scan, row in rows.items() if entered_void(scan, row)]
    return [
        _conflict(tx, kind, rows[first] if first else None, rows[second])
        for kind, first, second in [*doubled, *void]
    ]


def entered_void(scan: Seen, row: tuple[object, ...]) -> bool:
    voided_at = row[len(SEEN) + 4]
    came_in = scan.verdict == "admitted" and not scan.undone and not scan.overruled
    return came_in and isinstance(voided_at, int) and voided_at < scan.at


def _conflict(
    tx: Tx, kind: str, first: tuple[object, ...] | None, second: tuple[object, ...]
) -> Conflict:
    ticket_id, short, seat_id, plan_id, *_ = second[len(SEEN) :]
    room = plan(tx, str(plan_id))
    seat = room.by_id[str(seat_id)]
    return Conflict(
        kind, str(ticket_id), str(short), seat, room.section(seat.section),
        _entry(first) if first else None, _entry(second),
    )  # fmt: skip


def _entry(row: tuple[object, ...]) -> Entry:
    scan = seen(row)
    label, device_name = row[-2:]
    return Entry(
        scan.at, scan.gate, json.loads(str(label)), scan.device, scan.sequence, str(device_name)
    )
