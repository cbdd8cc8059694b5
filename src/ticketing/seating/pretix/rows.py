"""The rows of pretix's plan as rows of ours: seat by seat, with their numbers, aisles and places."""

import re
from collections.abc import Container, Sequence
from itertools import count, pairwise
from math import hypot
from typing import NamedTuple

from msgspec import UNSET

from ticketing.foundation.fixture_file import WrongField
from ticketing.foundation.fixture_types import NOTHING, Both
from ticketing.seating.entries import (
    STEEPEST,
    FieldEntry,
    GapEntry,
    NumbersEntry,
    RestrictedEntry,
    RowEntry,
)
from ticketing.seating.plan import Point
from ticketing.seating.pretix.check import Place
from ticketing.seating.pretix.entries import PretixRow, SideSeat
from ticketing.seating.pretix.shapes import Shape
from ticketing.seating.row_places import turn_to
from ticketing.seating.slugs import slug

STRAIGHT = 0.05  # metres that a straight row's seats may stand beside its line
UP = 180.0  # degrees; without a stage one looks up the page
PLAIN = re.compile("(?=.{1,40}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
PLAIN_NUMBER = re.compile("[1-9][0-9]{0,8}")
NARROW, WIDEST = 0.1, 200.0  # metres, of a field and its places


class Sat(NamedTuple):
    """A seat with what the side file says, and its point in metres."""

    place: Place
    said: SideSeat
    point: Point


class Line(NamedTuple):
    """Seats of a row; ``field``: zones[0].rows[1], ``name``: what the row is called."""

    field: str
    row: PretixRow
    name: str
    seats: list[Sat]

    @property
    def points(self) -> list[Point]:
        return [sat.point for sat in self.seats]


def rows_of(lines: Sequence[Line], stage: Shape | None) -> tuple[RowEntry, ...]:
    keys: dict[str, None] = {}
    for line in lines:
        key = line.name if PLAIN.fullmatch(line.name) else slug(line.name) or "row"
        keys[key if key not in keys else _again(key, keys)] = None
    return tuple(_row(key, line, stage) for key, line in zip(keys, lines, strict=True))


def _again(key: str, keys: Container[str]) -> str:
    """Return the key of a row that is called as one before it: a row may come in blocks."""
    return next(f"{key}-again-{n}" for n in count(1) if f"{key}-again-{n}" not in keys)


def field_of(lines: Sequence[Line]) -> FieldEntry:
    """Return the rectangle that unnumbered places fill."""
    points = [point for line in lines for point in line.points]
    across, down = sorted({x for x, _ in points}), sorted({y for _, y in points})
    (x, dx), (y, dy) = _middle(across), _middle(down)
    width, depth = (min(len(some) * step, WIDEST) for some, step in ((across, dx), (down, dy)))
    guids = tuple(sat.place.seat.seat_guid for line in lines for sat in line.seats)
    return FieldEntry(len(points), (x, y), width, depth, UP, guids)


def _middle(spots: list[float]) -> tuple[float, float]:
    """Return the middle of spots on a line, and the step between them, 1 metre where there is none."""
    step = (spots[-1] - spots[0]) / (len(spots) - 1) if len(spots) > 1 else 1.0
    return round((spots[0] + spots[-1]) / 2, 3), max(round(step, 3), NARROW)


def _row(key: str, line: Line, stage: Shape | None) -> RowEntry:
    floors = {sat.said.floor_z for sat in line.seats}
    if len(floors) > 1:
        raise WrongField(line.field, f"row {key} stands on several floors: {sorted(floors)}")
    numbers, printed = _numbers([sat.place.seat.seat_number.strip() for sat in line.seats])
    turn, centre = _looking(line.points, stage)
    row = RowEntry(key, _name(line), spots=tuple(line.points), turn=turn, centre=centre)
    row.floor, row.numbers, row.printed = floors.pop(), numbers, printed
    row.gaps = tuple(GapEntry(n) for n, pair in enumerate(pairwise(line.seats), 1) if _apart(*pair))
    row.guids = tuple(sat.place.seat.seat_guid for sat in line.seats)
    _mark(row, [sat.said for sat in line.seats])
    return row


def _apart(a: Sat, b: Sat) -> bool:
    """Say whether an aisle is between two of a row, or seats of another section."""
    return a.said.seg != b.said.seg or b.place.number != a.place.number + 1


def _mark(row: RowEntry, sides: list[SideSeat]) -> None:
    """Write down what is special about its seats."""
    seats = list(zip(row.numbered, sides, strict=True))
    row.wheelchair = tuple(number for number, said in seats if "wheelchair" in said.attrs)
    row.companion = tuple(number for number, said in seats if "companion" in said.attrs)
    row.restricted = tuple(
        RestrictedEntry((number,), NOTHING if said.why is UNSET else said.why)
        for number, said in seats
        if "restricted" in said.attrs
    )


def _name(line: Line) -> Both:
    label, name = line.row.row_label, line.name
    if not label or label == "Row %s":
        return Both(name if name.endswith("排") else f"{name} 排", f"Row {name}")
    called = label.replace("%s", name)
    return Both(called, called)


def _numbers(names: list[str]) -> tuple[NumbersEntry, tuple[str, ...]]:
    """Return the rule of the numbers; where there is none, count and print the names."""
    if all(PLAIN_NUMBER.fullmatch(name) for name in names):
        numbers = [int(name) for name in names]
        rule = {b - a for a, b in pairwise(numbers)} or {1}
        if len(rule) == 1 and 0 < abs(next(iter(rule))) <= STEEPEST:
            return NumbersEntry(numbers[0], rule.pop()), ()
    return NumbersEntry(), tuple(names) if any(names) else ()


def _looking(points: list[Point], stage: Shape | None) -> tuple[float, Point | None]:
    """Return the turn of a straight row, or the centre that a bent one looks at."""
    if stage is None:
        return UP, None
    (x, y), (to_x, to_y) = points[0], points[-1]
    length = hypot(to_x - x, to_y - y)
    if not length:
        return turn_to((stage.x, stage.y), points[0]), None
    right, down = (to_x - x) / length, (to_y - y) / length
    beside = [(px - x) * down - (py - y) * right for px, py in points]
    if max(map(abs, beside)) > STRAIGHT:
        return 0.0, (stage.x, stage.y)
    side = 1 if (stage.x - x) * down - (stage.y - y) * right > 0 else -1
    return turn_to((x + side * down, y - side * right), (x, y)), None
