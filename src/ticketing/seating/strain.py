"""What a seat loses before a stage that is seen from one side: by being too near it, or beside it.

How much one sees is ``quality``. It is best in the first row of a theatre, where no head is in the
way; yet who sits there has the stage about the ears and overhead, and a clerk sells the middle
first. Round a stage, and along it, the first row is what people come for: there nothing is lost.
Worked out from the plan and not stored with it, so that it is true of every version.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import cos, hypot, radians, sin

from ticketing.seating.plan import Plan, Point, Seat

NEAREST = 0.8  # lengths of what one looks at; from nearer the eye cannot hold it
NEAR = 2.0  # lost to the length that a seat is nearer
ACROSS = 0.2  # of 1, what a look must have across the line; 0 is along it
SHORTEST = 1.0  # metres; what is shorter is a point, beside which nobody sits
BESIDE = 0.3  # lost to half a length that it is beside the middle


@lru_cache(maxsize=32)
def strains(plan: Plan) -> Mapping[str, float]:
    """Return what each seat loses, by id, on the scale of quality; nothing where nobody loses."""
    line = plan.focal or (plan.stage.focal if plan.stage else ())
    if not line:
        return {}
    (x, y), (to_x, to_y) = line[0], line[-1]
    length = hypot(to_x - x, to_y - y)
    if length < SHORTEST:
        return {}
    middle, along = ((x + to_x) / 2, (y + to_y) / 2), ((to_x - x) / length, (to_y - y) / length)
    if not _one_sided(plan, along):
        return {}
    return {seat.id: _strain(seat, middle, along, length) for seat in plan.seats}


def _one_sided(plan: Plan, along: Point) -> bool:
    """Say whether all look across the line, and from the same side of it."""
    across = [
        cos(radians(seat.turn)) * along[0] + sin(radians(seat.turn)) * along[1]
        for seat in plan.seats
        if plan.section(seat.section).numbered
    ]
    return bool(across) and (min(across) > ACROSS or max(across) < -ACROSS)


def _strain(seat: Seat, middle: Point, along: Point, length: float) -> float:
    x, y = seat.x - middle[0], seat.y - middle[1]
    beside, before = abs(x * along[0] + y * along[1]), abs(x * along[1] - y * along[0])
    return NEAR * max(NEAREST - before / length, 0.0) + BESIDE * beside / (length / 2)
