"""How much one sees from a seat: 0 to 1, every other seat taken.

The mean over points along the focal line of a distance term times the share of a performer not
hidden by the heads in front. What one looks at is a line, not a point: at the ends of a long stage
much of it is far. Heads hide more the nearer they are to the eye, those of one's own row too when
one looks along it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from ticketing.seating.plan import Point, Seat, Stage

EYE_OVER_SEAT = 0.74  # metres, of somebody who sits
CROWN_OVER_EYE = 0.12  # metres
COVERS = 0.02  # metres beside the line of sight within which a head hides all of a performer
CLEARS = 0.25  # metres beside it from which on a head hides nothing
REACH = 2.0  # metres, a performer with an arm raised
FAR = 18.0  # metres, where a performer is worth half
FALL = 3  # how steeply: near by it hardly matters, far off it soon does
NEAR_HEADS = 4.0  # metres; a head farther off hides nothing that a nearer one does not
STEEP = 0.1  # a line of sight so far aside is looked along with all heads around
TOO_NEAR = 0.1  # metres, where nobody's head can be
POINTS = 13  # along the focal line


class Head(NamedTuple):
    """Metres; ``crown``: over the floor of the hall, or over the eye of who looks."""

    x: float
    y: float
    crown: float


class Sight(NamedTuple):
    """A line of sight: a unit vector, and the metres to its point."""

    x: float
    y: float
    away: float


def qualities(
    stage: Stage | None, seats: Sequence[Seat], focal: Sequence[Point] = ()
) -> list[float]:
    """Return each seat's quality; 1.0 where places are unnumbered or there is nothing to look at."""
    line = focal or (stage.focal if stage else ())
    if not line:
        return [1.0] * len(seats)
    view = _View(focal_points(line), stage.height if stage else 0.0, _Grid(seats))
    return [view.quality(seat) if seat.kind != "open" else 1.0 for seat in seats]


def focal_points(line: Sequence[Point]) -> list[Point]:
    """Return points evenly along a line that may have corners."""
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    return [_along(line, legs, (n + 0.5) / POINTS * sum(legs)) for n in range(POINTS)]


def _along(line: Sequence[Point], legs: list[float], metres: float) -> Point:
    for n, leg in enumerate(legs):
        if metres <= leg or n == len(legs) - 1:
            (x, y), (to_x, to_y) = line[n], line[n + 1]
            part = metres / leg if leg else 0.0
            return x + (to_x - x) * part, y + (to_y - y) * part
        metres -= leg
    raise AssertionError


class _Grid:
    """All heads by the square they are in, so that only near ones are looked at."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._squares: dict[tuple[int, int], list[Head]] = defaultdict(list)
        for seat in seats:
            head = Head(seat.x, seat.y, seat.eye + CROWN_OVER_EYE)
            self._squares[self._square(seat.x, seat.y)].append(head)
        self._around: dict[tuple[int, int], list[Head]] = {}

    def around(self, x: float, y: float) -> list[Head]:
        """Return every head within NEAR_HEADS, and some more."""
        square = self._square(x, y)
        if square not in self._around:
            self._around[square] = list(self._gather(*square))
        return self._around[square]

    def _gather(self, across: int, down: int) -> Iterator[Head]:
        for x in range(across - 2, across + 3):
            for y in range(down - 2, down + 3):
                yield from self._squares.get((x, y), ())

    @staticmethod
    def _square(x: float, y: float) -> tuple[int, int]:
        return int(x * 2 // NEAR_HEADS), int(y * 2 // NEAR_HEADS)


class _View(NamedTuple):
    """What all look at: points at a height over the floor, past the heads."""

    points: list[Point]
    height: float
    grid: _Grid

    def quality(self, seat: Seat) -> float:
        eye = seat.eye - self.height
        sights = [_sight(x - seat.x, y - seat.y) for x, y in self.points]
        farthest = max(sight.away for sight in sights)
        heads = [
            head
            for head in _in_the_way(seat, self.grid.around(seat.x, seat.y), sights)
            if eye + head.crown * farthest / hypot(head.x, head.y) > 0
        ]
        return round(sum(_seen(sight, eye, heads) for sight in sights) / len(sights), 4)


def _sight(x: float, y: float) -> Sight:
    away = hypot(x, y) or 1e-9
    return Sight(x / away, y / away, away)


def _in_the_way(seat: Seat, around: list[Head], sights: list[Sight]) -> list[Head]:
    """Return the heads between the seat and the line, as they are from the eye."""
    to_x, to_y, _ = sights[len(sights) // 2]
    widest = max(_spread(sight, to_x, to_y) for sight in sights)
    found = []
    for x, y, crown in around:
        right, down = x - seat.x, y - seat.y
        along = right * to_x + down * to_y
        if -CLEARS < along < NEAR_HEADS:
            beside = abs(right * to_y - down * to_x)
            if beside < CLEARS + max(along, CLEARS) * widest and (right or down):
                found.append(Head(right, down, crown - seat.eye))
    return found


def _spread(sight: Sight, to_x: float, to_y: float) -> float:
    """Return how far beside the middle a line of sight leads, to the metre along it."""
    along = sight.x * to_x + sight.y * to_y
    return abs(sight.x * to_y - sight.y * to_x) / along if along > STEEP else 1 / STEEP


def _seen(sight: Sight, eye: float, heads: list[Head]) -> float:
    """Return what a performer at the end of this line is worth to an eye so high over the stage."""
    to_x, to_y, away = sight
    hidden = 0.0
    for x, y, rise in heads:
        along = x * to_x + y * to_y
        beside = abs(x * to_y - y * to_x)
        if beside < CLEARS and TOO_NEAR < along < away:
            height = min((eye + rise * away / along) / REACH, 1.0)
            hidden = max(hidden, height * min((CLEARS - beside) / (CLEARS - COVERS), 1.0))
    return (1 - hidden) / (1 + (away / FAR) ** FALL)
