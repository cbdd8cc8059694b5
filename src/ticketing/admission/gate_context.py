"""Where a scan is made: at a gate, for one performance."""

import json
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import STANDS, Scan, Verdict
from ticketing.admission.verdict import Rules
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import NotFound, Refused
from ticketing.programme.models import Performance
from ticketing.seating.queries import gates_for, plan
from ticketing.tickets.models import Headcount
from ticketing.venues.models import Gate, Hall, Venue


class GateOfAnotherHall(Refused):
    status = 422
    type = "gate-of-another-hall"
    zh = "这个门不通向这一场的场地，请换一个门或换一场。"
    en = "This gate does not lead to the hall of this performance: choose another gate or performance."


class GateContext(NamedTuple):
    """``rotating``: see ``Performance``; what holds here is in ``rules``; ``inside``: people, when asked."""

    gate: str
    performance_id: str
    plan_id: str
    zone: str
    rotating: str
    rules: Rules
    inside: int


# written out, so that a database sees that the index of what stands serves
PEOPLE = (
    sa.select(sa.func.coalesce(sa.func.sum(sa.text("CASE verdict WHEN 'left' THEN -1 ELSE 1 END")), 0))
    .select_from(Scan)
    .where(
        Scan.performance_id == sa.bindparam("performance_id"),
        sa.text("verdict IN ('admitted', 'left')"), STANDS,
    )
)  # fmt: skip
FIND = Statement(
    sa.select(
        Gate.hall_id, Performance.hall_id,
        Performance.plan_id, Venue.zone, Performance.rotating, Performance.number,
        Performance.doors_at, Performance.starts_at, Performance.ends_at, Headcount.approved,
        sa.cast(Performance.late_breaks, sa.Text), sa.cast(Gate.sections, sa.Text),
        PEOPLE.scalar_subquery(),
    )
    .select_from(Performance)
    .join(Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .join(Headcount, Headcount.performance_id == Performance.id)
    .join(Gate, Gate.name == sa.bindparam("gate"))
    .where(Performance.id == sa.bindparam("performance_id"), Performance.published_at.is_not(None))
)  # fmt: skip
INSIDE = Statement(PEOPLE)
COUNTS = {Verdict.ADMITTED: 1, Verdict.LEFT: -1}  # what a scan adds to who is inside


def gate_context(tx: Tx, gate: str, performance_id: str) -> GateContext:
    """Raises NotFound for an unknown gate or performance, GateOfAnotherHall."""
    row = tx.first(FIND, gate=gate, performance_id=performance_id)
    if row is None:
        raise NotFound()
    hall_of_gate, hall, plan_id, zone, rotating, *numbers, breaks, sections, people = row
    if hall_of_gate != hall:
        raise GateOfAnotherHall()
    leads_to = json.loads(sections)
    if leads_to:  # by the names of today's drawing; the performance has its own
        here = gates_for(tx, hall, plan(tx, plan_id))
        leads_to = next(each.sections for each in here if each.name == gate)
    rules = Rules._make([*numbers, tuple(json.loads(breaks)), tuple(leads_to)])
    return GateContext(gate, performance_id, plan_id, zone, rotating, rules, int(people))


def inside(tx: Tx, performance_id: str) -> int:
    """Count the people inside: who was let in, less who left."""
    row = tx.first(INSIDE, performance_id=performance_id)
    assert row
    return int(row[0])
