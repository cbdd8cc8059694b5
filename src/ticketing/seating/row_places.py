"""Where the seats of a row stand: along a rule, round a bend, seat by seat, or spread over a field."""

from collections.abc import Iterator
from math import atan2, ceil, cos, degrees, hypot, sin, sqrt
from typing import NamedTuple

from ticketing.seating.entries import FieldEntry, RowEntry
from ticketing.seating.plan import Point


class Spot(NamedTuple):
    """``n``: the seat's place in the row, from 0; ``block``: how many aisles are before it."""

    n: int
    block: int
    x: float
    y: float
    turn: float


def row_spots(row: RowEntry) -> Iterator[Spot]:
    """Yield the row's spots in order."""
    for n, (x, y) in enumerate(row.spots or _ruled(row)):
        turn = turn_to(row.centre, (x, y)) if row.centre else row.turn
        yield Spot(n, sum(gap.after <= n for gap in row.gaps), x, y, turn)


def turn_to(centre: Point, here: Point) -> float:
    """Return the turn with which one looks from here at the centre."""
    turn = degrees(atan2(here[0] - centre[0], centre[1] - here[1]))
    return round(turn % 360, 1) % 360


def field_spots(field: FieldEntry) -> Iterator[Spot]:
    """Yield places on a grid as square as the field allows, the last line centred."""
    across = max(1, round(sqrt(field.places * field.width / field.depth)))
    lines = ceil(field.places / across)
    for n in range(field.places):
        line, place = divmod(n, across)
        there = min(across, field.places - line * across)
        x = field.at[0] + (place - (there - 1) / 2) * field.width / across
        y = field.at[1] + (line - (lines - 1) / 2) * field.depth / lines
        yield Spot(n, 0, x, y, field.turn)


def _ruled(row: RowEntry) -> Iterator[Point]:
    """Yield points a step apart; each gap passed moves the rest farther along the row."""
    start, step = row.start or (0.0, 0.0), hypot(*row.step) or 1.0
    for n in range(row.count):
        along = n * step + sum(gap.width for gap in row.gaps if gap.after <= n)
        if row.centre:
            yield _bent(row.centre, start, row.step, along)
        else:
            yield start[0] + row.step[0] * along / step, start[1] + row.step[1] * along / step


def _bent(centre: Point, start: Point, step: Point, along: float) -> Point:
    """Return the point so many metres from the start round the centre, to the side of the step."""
    x, y = start[0] - centre[0], start[1] - centre[1]
    side = 1 if x * step[1] - y * step[0] >= 0 else -1
    angle = side * along / hypot(x, y)
    return (
        centre[0] + x * cos(angle) - y * sin(angle),
        centre[1] + x * sin(angle) + y * cos(angle),
    )
