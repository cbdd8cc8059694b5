"""From the plan file that people write to the plan itself.

Metres throughout; x grows to the right and y downwards, heights are over the floor of the hall.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid5

import msgspec

from ticketing.seating.check import check, check_apart, check_words
from ticketing.seating.entries import PlanFile, RowEntry, SectionEntry, StageEntry
from ticketing.seating.plan import SEATS, Attribute, Mark, Plan, Seat, Section, Stage, seat_id
from ticketing.seating.row_places import Spot, field_spots, row_spots
from ticketing.seating.view_quality import EYE_OVER_SEAT, qualities

__all__ = ["PlanFile", "check", "expand", "json_schema"]


def expand(file: PlanFile, version: int = 1) -> Plan:
    """Return the plan with every seat's view rated; raises WrongField, a ValueError."""
    check(file)
    stage = _stage(file.stage) if file.stage else None
    seats = [seat for entry in file.sections for seat in _seats(file.name, entry, stage)]
    check_apart(seats)
    sections = tuple(_section(entry) for entry in file.sections)
    check_words(sections, seats)
    rated = zip(seats, qualities(stage, seats, file.focal), strict=True)
    return Plan(
        id=str(uuid5(SEATS, f"{file.name}/{version}")),
        name=file.name,
        version=version,
        stage=stage,
        sections=sections,
        seats=tuple(replace(seat, quality=quality) for seat, quality in rated),
        marks=tuple(Mark(entry.kind, *entry.at, entry.name.words) for entry in file.marks),
        focal=file.focal,
        source=msgspec.to_builtins(file),
    )


def json_schema() -> str:
    """Return the JSON Schema that an editor checks and completes a plan file with."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(PlanFile),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _stage(entry: StageEntry) -> Stage:
    return Stage(*entry.at, entry.width, entry.depth, entry.height)


def _section(entry: SectionEntry) -> Section:
    return Section(
        key=entry.key,
        name=entry.name.words,
        kind=entry.kind,
        numbered=entry.field is None,
        capacity=entry.field.places if entry.field else sum(row.size for row in entry.rows),
        seat_height=entry.seat_height,
        note=entry.note.words,
        area=entry.area.words,
    )


def _seats(plan: str, section: SectionEntry, stage: Stage | None) -> Iterator[Seat]:
    """Yield the seats row by row; a field is one row of the section's name."""
    if section.field:
        field = section.field
        row = RowEntry(section.key, section.name, count=field.places, guids=field.guids)
        yield from _row(plan, section, row, section.floor, field_spots(section.field), stage)
    for n, row in enumerate(section.rows):
        floor = section.floor + n * section.riser if row.floor is None else row.floor
        yield from _row(plan, section, row, floor, row_spots(row), stage)


def _row(
    plan: str, section: SectionEntry, row: RowEntry, floor: float, spots: Iterator[Spot],
    stage: Stage | None,
) -> Iterator[Seat]:  # fmt: skip
    numbers, attributes = row.numbered, _attributes(row)
    why = {number: entry.why.words for entry in row.restricted for number in entry.numbers}
    for n, block, x, y, turn in spots:
        number = numbers[n]
        yield Seat(
            id=seat_id(plan, section.key, row.key, number),
            section=section.key,
            row=row.key,
            row_name=row.name.words,
            number=number,
            block=block,
            x=round(x, 3),
            y=round(y, 3),
            turn=turn,
            kind=section.kind,
            eye=round(floor + section.seat_height + EYE_OVER_SEAT, 3),
            distance=round(stage.distance(x, y), 3) if stage else 0.0,
            quality=1.0,
            attributes=tuple(attributes.get(number, ())),
            why=why.get(number, {}),
            printed=row.printed[n] if row.printed else "",
            guid=row.guids[n] if row.guids else "",
        )


def _attributes(row: RowEntry) -> dict[int, list[Attribute]]:
    """Return what is special about seats, by their number."""
    restricted = [number for entry in row.restricted for number in entry.numbers]
    named: dict[Attribute, Iterator[int]] = {
        "wheelchair": iter(row.wheelchair),
        "companion": iter(row.companion),
        "restricted": iter(restricted),
    }
    found: dict[int, list[Attribute]] = {}
    for attribute, numbers in named.items():
        for number in numbers:
            found.setdefault(number, []).append(attribute)
    return found
