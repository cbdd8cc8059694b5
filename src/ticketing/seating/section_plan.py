"""One section of a large hall as a plan of its own, turned so that the stage is up."""

from dataclasses import replace
from functools import lru_cache
from math import atan2, degrees, hypot
from statistics import mean

from ticketing.foundation.words import Words
from ticketing.seating.plan import Mark, Plan, Seat, Stage

BEFORE = 1.4  # metres before the first row, where the stage is named
STAGE: Words = {"zh": "舞台", "en": "Stage"}


@lru_cache(maxsize=256)
def section_plan(plan: Plan, key: str) -> Plan:
    """Return the section; it has no stage but a word where the stage is. Ids are the plan's."""
    seats, marks = _upright(plan.stage, plan.by_section[key])
    return Plan(plan.id, plan.name, plan.version, None, (plan.section(key),), seats, marks)


def _upright(
    stage: Stage | None, seats: tuple[Seat, ...]
) -> tuple[tuple[Seat, ...], tuple[Mark, ...]]:
    """Turn seats round their middle until they look up the page, and write down where the stage is."""
    if stage is None:
        return seats, ()
    x, y = mean(seat.x for seat in seats), mean(seat.y for seat in seats)
    away = hypot(stage.x - x, stage.y - y) or 1.0
    right, down = (stage.x - x) / away, (stage.y - y) / away
    turned = tuple(
        replace(
            seat,
            x=round((seat.y - y) * right - (seat.x - x) * down, 3),
            y=round((x - seat.x) * right + (y - seat.y) * down, 3),
            turn=round(seat.turn + degrees(atan2(-right, -down)), 1) % 360,
        )
        for seat in seats
    )
    front = min(seat.y for seat in turned)
    return turned, (Mark("side", 0.0, round(front - BEFORE, 2), STAGE),)
