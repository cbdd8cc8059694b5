"""Where a scan is made: at a gate, for one performance."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import NotFound, Refused
from ticketing.programme.models import Performance
from ticketing.tickets.models import Headcount
from ticketing.venues.models import Gate, Hall, Venue


class GateOfAnotherHall(Refused):
    status = 422
    type = "gate-of-another-hall"
    zh = "这个门不通向这一场的场地，请换一个门或换一场。"
    en = "This gate does not lead to the hall of this performance: choose another gate or performance."


class Stand(NamedTuple):
    """``capacity`` is the approved number of people."""

    gate: str
    gate_hall_id: str
    performance_id: str
    hall_id: str
    doors_at: int
    starts_at: int
    ends_at: int
    zone: str
    capacity: int


FIND = Statement(
    sa.select(
        Gate.name,
        Gate.hall_id,
        Performance.id,
        Performance.hall_id,
        Performance.doors_at,
        Performance.starts_at,
        Performance.ends_at,
        Venue.zone,
        Headcount.approved,
    )
    .select_from(Performance)
    .join(Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .join(Headcount, Headcount.performance_id == Performance.id)
    .join(Gate, Gate.name == sa.bindparam("gate"))
    .where(Performance.id == sa.bindparam("performance_id"), Performance.published_at.is_not(None))
)
INSIDE = Statement(
    sa.select(sa.func.count()).where(Scan.performance_id == sa.bindparam("performance_id"), CAME_IN)
)


def stand(tx: Tx, gate: str, performance_id: str) -> Stand:
    """Raises NotFound for an unknown gate or performance, GateOfAnotherHall."""
    row = tx.first(FIND, gate=gate, performance_id=performance_id)
    if row is None:
        raise NotFound()
    found = Stand._make(row)
    if found.gate_hall_id != found.hall_id:
        raise GateOfAnotherHall()
    return found


def inside(tx: Tx, performance_id: str) -> int:
    """Count who was let in."""
    row = tx.first(INSIDE, performance_id=performance_id)
    assert row
    return int(row[0])
