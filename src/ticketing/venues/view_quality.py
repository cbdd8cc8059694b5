"""How much one sees from a seat: 0 to 1, the floor flat, every other seat taken.

The mean over points along the stage of a distance term times the share of a performer not hidden by
the heads in front. What one looks at is a line, the stage's longer axis, not a point: at the ends
of a long stage much of it is far. Heads hide more the nearer they are to the eye.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from ticketing.venues.plan import Seat, Stage

EYE_OVER_SEAT = 0.74  # metres, of somebody who sits
CROWN_OVER_EYE = 0.12  # metres
HEAD = 0.09  # metres, half the width a head hides
REACH = 2.2  # metres, a dancer with the arms raised
FAR = 26.0  # metres, where a performer is worth half
NEAR_HEADS = 6.0  # metres; a head farther off hides nothing that a nearer one does not
POINTS = 25  # along the stage


@dataclass(frozen=True, slots=True)
class Head:
    """As the eye sees it: offsets in metres, ``rise`` of the crown over the eye."""

    x: float
    y: float
    rise: float


def qualities(stage: Stage | None, seats: Sequence[Seat]) -> list[float]:
    """Return each seat's quality; 1.0 where places are unnumbered or there is no stage."""
    if stage is None:
        return [1.0] * len(seats)
    points = focal_points(stage)
    return [_quality(seat, seats, points) if seat.kind != "open" else 1.0 for seat in seats]


def focal_points(stage: Stage) -> list[tuple[float, float]]:
    """Return points along the longer axis of the stage, x and y in metres."""
    parts = [(n + 0.5) / POINTS - 0.5 for n in range(POINTS)]
    return [stage.point(part * stage.length, 0) for part in parts]


def _quality(seat: Seat, seats: Sequence[Seat], points: list[tuple[float, float]]) -> float:
    heads = [_head(other, seat) for other in seats if _near(other, seat)]
    seen = (_seen(x - seat.x, y - seat.y, seat.eye, heads) for x, y in points)
    return round(sum(seen) / len(points), 4)


def _near(other: Seat, seat: Seat) -> bool:
    return other is not seat and hypot(other.x - seat.x, other.y - seat.y) < NEAR_HEADS


def _head(other: Seat, seat: Seat) -> Head:
    return Head(other.x - seat.x, other.y - seat.y, other.eye + CROWN_OVER_EYE - seat.eye)


def _seen(x: float, y: float, eye: float, heads: list[Head]) -> float:
    """Return what a performer at this offset is worth to an eye at this height."""
    away = hypot(x, y)
    hidden = 0.0  # metres from the floor up
    for head in heads:
        along = (head.x * x + head.y * y) / away
        beside = abs(head.x * y - head.y * x) / away
        if beside <= HEAD and 0.1 < along < away:
            hidden = max(hidden, eye + head.rise * away / along)
    return (1 - min(hidden / REACH, 1)) / (1 + (away / FAR) ** 2)
