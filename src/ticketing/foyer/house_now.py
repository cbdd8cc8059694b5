"""Which seats of a performance are sold and held, and how many people it still takes."""

from typing import Annotated

import msgspec
import sqlalchemy as sa
from msgspec import Meta

from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import NotFound
from ticketing.foyer.answers import Id
from ticketing.inventory.seat_map import availability
from ticketing.programme.models import Performance
from ticketing.tickets.models import Headcount
from ticketing.venues.queries import plan as read_plan

FIND = Statement(
    sa.select(
        Performance.plan_id,
        sa.func.coalesce(Headcount.approved, Performance.capacity),
        sa.func.coalesce(Headcount.live, 0),
    )
    .outerjoin(Headcount, Headcount.performance_id == Performance.id)
    .where(Performance.id == sa.bindparam("id"), Performance.published_at.is_not(None))
)


class AvailabilityAnswer(msgspec.Struct):
    """``held``: by buyers for some minutes, or kept by the house."""

    version: Annotated[int, Meta(description="Grows with every change.")]
    plan: Id
    available: int
    capacity: int
    sold: list[Id]
    held: list[Id]


def house_now(tx: Tx, performance_id: str, now: int) -> AvailabilityAnswer:
    """The hottest question there is: two statements, whatever the size of the hall."""
    row = tx.first(FIND, id=performance_id)
    if row is None:
        raise NotFound()
    plan_id, capacity, live = row
    found = availability(tx, performance_id, now)
    free = len(read_plan(tx, plan_id).seats) - len(found.sold) - len(found.held)
    left = max(min(free, capacity - live), 0)
    return AvailabilityAnswer(found.version, plan_id, left, capacity, found.sold, found.held)
