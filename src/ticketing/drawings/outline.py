"""The field that seats fill, as the corners around it."""

from collections.abc import Sequence

from ticketing.seating.plan import Point, Seat

ROOM = 0.35  # metres to each side of a seat


def outline(seats: Sequence[Seat]) -> list[Point]:
    """Return the corners of the narrowest field without a dent that holds the seats and their room."""
    around = ((-ROOM, -ROOM), (ROOM, -ROOM), (ROOM, ROOM), (-ROOM, ROOM))
    outer = _hull([(seat.x, seat.y) for seat in seats])
    return _hull([(x + dx, y + dy) for x, y in outer for dx, dy in around])


def _hull(points: list[Point]) -> list[Point]:
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(points: Sequence[Point]) -> list[Point]:
    """Return the corners on one side, from the first point to the last."""
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turns(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _turns(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
