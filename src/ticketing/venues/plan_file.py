"""From the plan file that people write to the plan itself.

A row is a rule: from a point, so many seats, one step apart, with gaps for aisles. Metres
throughout; x grows to the right and y downwards.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, hypot, sqrt
from uuid import uuid5

from ticketing.foundation.words import Words
from ticketing.venues.plan import SEATS, Mark, Plan, Seat, Section, Stage, seat_id
from ticketing.venues.plan_check import check, check_apart
from ticketing.venues.plan_entries import FieldEntry, PlanFile, RowEntry, SectionEntry
from ticketing.venues.view_quality import EYE_OVER_SEAT, qualities

__all__ = ["PlanFile", "check", "expand"]
Spot = tuple[int, int, float, float]  # number, block, x, y


def expand(file: PlanFile, version: int = 1) -> Plan:
    """Return the plan with every seat's view rated; raises WrongField, a ValueError."""
    check(file)
    stage = Stage(*file.stage.at, file.stage.width, file.stage.depth) if file.stage else None
    seats = [seat for entry in file.sections for seat in _seats(file.name, entry, stage)]
    check_apart(seats)
    rated = zip(seats, qualities(stage, seats), strict=True)
    return Plan(
        id=str(uuid5(SEATS, f"{file.name}/{version}")),
        name=file.name,
        version=version,
        stage=stage,
        sections=tuple(_section(entry) for entry in file.sections),
        seats=tuple(replace(seat, quality=quality) for seat, quality in rated),
        marks=tuple(Mark(entry.kind, *entry.at, entry.name.words) for entry in file.marks),
    )


def _section(entry: SectionEntry) -> Section:
    return Section(
        key=entry.key,
        name=entry.name.words,
        kind=entry.kind,
        numbered=entry.field is None,
        capacity=entry.field.places if entry.field else sum(row.count for row in entry.rows),
        seat_height=entry.seat_height,
        note=entry.note.words,
    )


def _seats(plan: str, section: SectionEntry, stage: Stage | None) -> Iterator[Seat]:
    for row, name, turn, spots in _rows(section):
        for number, block, x, y in spots:
            yield Seat(
                id=seat_id(plan, section.key, row, number),
                section=section.key,
                row=row,
                row_name=name,
                number=number,
                block=block,
                x=round(x, 3),
                y=round(y, 3),
                turn=turn,
                kind=section.kind,
                eye=round(section.seat_height + EYE_OVER_SEAT, 3),
                distance=round(stage.distance(x, y), 3) if stage else 0.0,
                quality=1.0,
            )


def _rows(section: SectionEntry) -> Iterator[tuple[str, Words, float, Iterator[Spot]]]:
    """Yield key, name, turn and spots of each row; a field is one row of the section's name."""
    if section.field:
        yield section.key, section.name.words, section.field.turn, _spread(section.field)
    for row in section.rows:
        yield row.key, row.name.words, row.turn, _line(row)


def _line(row: RowEntry) -> Iterator[Spot]:
    """Yield the spots along a row; each gap passed moves the rest outwards along the step."""
    (x, y), (dx, dy) = row.start, row.step
    for n in range(row.count):
        passed = [gap.width for gap in row.gaps if gap.after <= n]
        steps = n + sum(passed) / (hypot(dx, dy) or 1)
        yield n + 1, len(passed), x + dx * steps, y + dy * steps


def _spread(field: FieldEntry) -> Iterator[Spot]:
    """Yield places on a grid as square as the field allows, the last line centred."""
    across = max(1, round(sqrt(field.places * field.width / field.depth)))
    lines = ceil(field.places / across)
    for n in range(field.places):
        line, place = divmod(n, across)
        there = min(across, field.places - line * across)
        x = field.at[0] + (place - (there - 1) / 2) * field.width / across
        y = field.at[1] + (line - (lines - 1) / 2) * field.depth / lines
        yield n + 1, 0, x, y
