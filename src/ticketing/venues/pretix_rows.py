"""The rows of pretix's plan as rows of ours: seat by seat, with their numbers, aisles and places."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from msgspec import UNSET

from ticketing.foundation.entries import NOTHING, Both
from ticketing.foundation.fixture_file import WrongField
from ticketing.venues.plan import Point
from ticketing.venues.plan_entries import (
    FieldEntry,
    GapEntry,
    NumbersEntry,
    RestrictedEntry,
    RowEntry,
)
from ticketing.venues.plan_rows import turn_to
from ticketing.venues.pretix_entries import PretixRow, PretixSeat, SideSeat
from ticketing.venues.pretix_shapes import Shape

STRAIGHT = 0.05  # metres that a straight row's seats may stand beside its line
UP = 180.0  # degrees; without a stage one looks up the page
PLAIN = re.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class Line(NamedTuple):
    """Seats of a row, each with what the side file says and its point in metres."""

    row: PretixRow
    seats: list[tuple[PretixSeat, SideSeat, Point]]

    @property
    def points(self) -> list[Point]:
        return [point for _, _, point in self.seats]


def rows_of(lines: Sequence[Line], stage: Shape | None) -> tuple[RowEntry, ...]:
    keys: dict[str, None] = {}
    for n, line in enumerate(lines, 1):
        key = line.row.row_number
        keys[key if PLAIN.fullmatch(key) and key not in keys else f"row-{n}"] = None
    return tuple(_row(key, line, stage) for key, line in zip(keys, lines, strict=True))


def field_of(lines: Sequence[Line]) -> FieldEntry:
    """Return the rectangle that unnumbered places fill."""
    points = [point for line in lines for point in line.points]
    across, down = sorted({x for x, _ in points}), sorted({y for _, y in points})
    (x, dx), (y, dy) = _middle(across), _middle(down)
    return FieldEntry(len(points), (x, y), len(across) * dx, len(down) * dy, UP)


def _middle(spots: list[float]) -> tuple[float, float]:
    """Return the middle of spots on a line, and the step between them, 1 metre where there is none."""
    step = (spots[-1] - spots[0]) / (len(spots) - 1) if len(spots) > 1 else 1.0
    return round((spots[0] + spots[-1]) / 2, 3), round(step, 3)


def _row(key: str, line: Line, stage: Shape | None) -> RowEntry:
    floors = {said.floor_z for _, said, _ in line.seats}
    if len(floors) > 1:
        raise WrongField("zones", f"row {key} stands on several floors: {sorted(floors)}")
    numbers, printed = _numbers([seat.seat_number for seat, _, _ in line.seats])
    turn, centre = _looking(line.points, stage)
    row = RowEntry(key, _name(line.row), spots=tuple(line.points), turn=turn, centre=centre)
    row.floor, row.numbers, row.printed = floors.pop(), numbers, printed
    row.gaps = tuple(
        GapEntry(n) for n, (a, b) in enumerate(pairwise(line.seats), 1) if a[1].seg != b[1].seg
    )
    row.guids = tuple(seat.seat_guid for seat, _, _ in line.seats)
    _mark(row, [said for _, said, _ in line.seats])
    return row


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


def _name(row: PretixRow) -> Both:
    if not row.row_label or row.row_label == "Row %s":
        return Both(f"{row.row_number} 排", f"Row {row.row_number}")
    label = row.row_label.replace("%s", row.row_number)
    return Both(label, label)


def _numbers(names: list[str]) -> tuple[NumbersEntry, tuple[str, ...]]:
    """Return the rule of the numbers; where there is none, count and print the names."""
    if all(name.isdecimal() and name == str(int(name)) for name in names):
        numbers = [int(name) for name in names]
        rule = {b - a for a, b in pairwise(numbers)} or {1}
        if min(numbers) > 0 and len(rule) == 1 and 0 not in rule:
            return NumbersEntry(numbers[0], rule.pop()), ()
    return NumbersEntry(), tuple(names)


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
