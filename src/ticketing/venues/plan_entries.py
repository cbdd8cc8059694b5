"""What a plan file may say, field by field. See ``plan_file`` for what it means."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.entries import Both, Strict
from ticketing.venues.plan import Kind, MarkKind

Key = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Count = Annotated[int, Meta(ge=1, le=2000)]
Length = Annotated[float, Meta(gt=0, le=200)]  # metres
Height = Annotated[float, Meta(ge=0, le=20)]  # metres
Degrees = Annotated[float, Meta(ge=0, lt=360)]
Point = tuple[float, float]  # metres


class StageEntry(Strict):
    """``at`` is its centre."""

    width: Length
    depth: Length
    at: Point = (0.0, 0.0)


class MarkEntry(Strict):
    kind: MarkKind
    at: Point
    name: Both


class GapEntry(Strict):
    """An aisle: after the seat of this number, so many metres more than a step."""

    after: Count
    width: Length


class RowEntry(Strict):
    """``turn``: degrees clockwise from looking down the page. Seats are numbered from 1."""

    key: Key
    name: Both  # its side of the stage, or its row
    start: Point = msgspec.field(name="from")
    step: Point
    count: Count
    turn: Degrees = 0.0
    gaps: tuple[GapEntry, ...] = ()


class FieldEntry(Strict):
    """Unnumbered places, spread over a rectangle; ``at`` is its centre."""

    places: Count
    at: Point
    width: Length
    depth: Length
    turn: Degrees = 0.0


class SectionEntry(Strict):
    """Has rows of numbered seats, or a field of unnumbered places."""

    key: Key
    name: Both
    note: Both
    kind: Kind
    seat_height: Height
    rows: tuple[RowEntry, ...] = ()
    field: FieldEntry | None = None


class PlanFile(Strict):
    """``demo`` marks what is invented."""

    name: Key
    sections: Annotated[list[SectionEntry], Meta(min_length=1)]
    demo: bool = False
    stage: StageEntry | None = None
    marks: tuple[MarkEntry, ...] = ()
