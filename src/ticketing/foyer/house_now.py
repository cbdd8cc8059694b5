"""Which seats of a performance are sold and held, and how many people it still takes."""

from dataclasses import dataclass

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import NotFound
from ticketing.inventory.seat_map import availability
from ticketing.programme.models import Performance
from ticketing.seating.plan import Plan
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.models import Headcount

FIND = Statement(
    sa.select(
        Performance.plan_id,
        sa.func.coalesce(Headcount.approved, Performance.capacity),
        sa.func.coalesce(Headcount.live, 0),
    )
    .outerjoin(Headcount, Headcount.performance_id == Performance.id)
    .where(Performance.id == sa.bindparam("id"), Performance.published_at.is_not(None))
)


@dataclass(frozen=True, slots=True)
class HouseNow:
    """``held``: by buyers for some minutes, or kept by the house. ``until``: when the next hold
    runs out, ms; None where none runs."""

    version: int
    plan: Plan
    available: int
    capacity: int
    sold: list[str]
    held: list[str]
    until: int | None


def house_now(tx: Tx, performance_id: str, now: int) -> HouseNow:
    """The hottest question there is: two statements, whatever the size of the hall."""
    row = tx.first(FIND, id=performance_id)
    if row is None:
        raise NotFound()
    plan_id, capacity, live = row
    plan, found = read_plan(tx, plan_id), availability(tx, performance_id, now)
    free = len(plan.seats) - len(found.sold) - len(found.held)
    left = max(min(free, capacity - live), 0)
    return HouseNow(found.version, plan, left, capacity, found.sold, found.held, found.until)
