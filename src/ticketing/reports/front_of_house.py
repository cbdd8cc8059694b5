"""The house on the night: who is inside by which gate, who is late, what is free, what went wrong."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.admission.devices.device import devices
from ticketing.admission.gate_context import inside
from ticketing.admission.models import CAME_IN, STANDS, WENT_OUT, Scan
from ticketing.admission.offline.conflicts import Conflict, conflicts
from ticketing.admission.queries import Expected, door_list
from ticketing.desk.db import Tx
from ticketing.programme.queries import by_slug
from ticketing.reports.night import Night, night
from ticketing.tickets.models import Ticket
from ticketing.venues.queries import GateSign

MOST_NAMED = 60  # of each list; more are a number


@dataclass(frozen=True, slots=True)
class Passed:
    """How many people went in and out by a gate."""

    gate: GateSign
    came: int
    left: int


@dataclass(frozen=True, slots=True)
class FrontOfHouse:
    """``late``: live tickets on which nobody came yet, ``waiting`` of them in all; ``incidents``: how many
    conflicts and overruled verdicts there are, of which the newest are named."""

    night: Night
    inside: int
    passed: list[Passed]
    late: list[Expected]
    waiting: int
    incidents: int
    conflicts: list[Conflict]
    overruled: list[Any]
    phones: list[Any]


def front_of_house(tx: Tx, slug: str, now: int, section: str = "") -> FrontOfHouse:
    """Raises NotFound."""
    show = by_slug(tx, slug)
    found = night(tx, slug, now, section)
    expected = [each for row in door_list(tx, show.id, show.plan_id) for each in row]
    late = [each for each in expected if each.came_at is None]
    doubtful, let_in = conflicts(tx, show.id), overruled(tx, show.id)
    return FrontOfHouse(
        night=found, inside=inside(tx, show.id), passed=passed(tx, show.id, found.gates),
        late=late[:MOST_NAMED], waiting=len(late),
        incidents=len(doubtful) + len(let_in), conflicts=doubtful[-MOST_NAMED:],
        overruled=let_in[:MOST_NAMED],
        phones=[each for each in devices(tx) if at_work(each, show.id)],
    )  # fmt: skip


def passed(tx: Tx, performance_id: str, gates: list[GateSign]) -> list[Passed]:
    query = (
        sa.select(
            Scan.gate,
            sa.func.sum(sa.case((CAME_IN, 1), else_=0)), sa.func.sum(sa.case((WENT_OUT, 1), else_=0)),
        )
        .where(Scan.performance_id == performance_id, STANDS, sa.or_(CAME_IN, WENT_OUT))
        .group_by(Scan.gate)
    )  # fmt: skip
    counts = {gate: (int(came), int(left)) for gate, came, left in tx.execute(query)}
    return [Passed(gate, *counts.get(gate.name, (0, 0))) for gate in gates]


def overruled(tx: Tx, performance_id: str) -> list[Any]:
    """Return who was let in by a supervisor's word, or taken back, the latest first."""
    query = (
        sa.select(Scan.at, Scan.gate, Scan.reason, Scan.undone_at, Ticket.short, Ticket.seat_id)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .where(
            Scan.performance_id == performance_id,
            sa.or_(Scan.reason != "", Scan.undone_at.is_not(None)),
        )
        .order_by(Scan.at.desc())
    )
    return list(tx.execute(query))


def at_work(device: Any, performance_id: str) -> bool:
    """Say whether a phone is of use here and now."""
    bound = not device.performances or performance_id in device.performances
    return bool(device.paired_at and device.revoked_at is None and bound and device.seen_at)
