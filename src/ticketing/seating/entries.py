"""What a plan file may say, field by field. See ``plan_file`` for what it means."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.fixture_types import NOTHING, Both, Strict
from ticketing.seating.plan import Kind, MarkKind

HIGHEST = 999_999_999  # number of a seat
STEEPEST = 100  # from a number to the next

Key = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
RowKey = Annotated[str, Meta(pattern="^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60)]
Count = Annotated[int, Meta(ge=1, le=2000)]
Number = Annotated[int, Meta(ge=1, le=HIGHEST)]
Length = Annotated[float, Meta(gt=0, le=200)]  # metres
Height = Annotated[float, Meta(ge=0, le=20)]  # metres
Level = Annotated[float, Meta(ge=-20, le=80)]  # metres over the floor of the hall
Degrees = Annotated[float, Meta(ge=0, lt=360)]
Printed = Annotated[str, Meta(min_length=1, max_length=80)]
Coordinate = Annotated[float, Meta(ge=-10_000, le=10_000)]  # metres
At = tuple[Coordinate, Coordinate]
Guid = Annotated[str, Meta(pattern="^[^ ](.*[^ ])?$", max_length=190)]


class Part(Strict, omit_defaults=True):
    """A part of a plan; what it does not say is not written down."""


class StageEntry(Part):
    """``at`` is its centre; ``height``: over the floor of the hall."""

    width: Length
    depth: Length
    at: At = (0.0, 0.0)
    height: Height = 0.0


class MarkEntry(Part):
    kind: MarkKind
    at: At
    name: Both


class GapEntry(Part):
    """An aisle: after so many seats, the rest so many metres farther on than a step."""

    after: Count
    width: Annotated[float, Meta(ge=0, le=200)] = 0.0


class NumbersEntry(Part):
    """``from: 24, step: -1`` numbers a row backwards, ``from: 1, step: 2`` the odd side of it."""

    start: Number = msgspec.field(name="from", default=1)
    step: Annotated[int, Meta(ge=-STEEPEST, le=STEEPEST)] = 1


class RestrictedEntry(Part):
    """Seats from which something is hidden, and why."""

    numbers: Annotated[tuple[Number, ...], Meta(min_length=1)]
    why: Both


class RowEntry(Part):
    """Stands by a rule (``from``, ``step``, ``count``), or seat by seat (``spots``).

    ``turn``: degrees clockwise from looking down the page. ``centre``: the row bends round this
    point and looks at it; a step then is as long along the bend. ``floor``: where it is not the
    section's. ``printed``: what is written on the seats where that is not their numbers; ``guids``:
    what other programs call them.
    """

    key: RowKey
    name: Both  # its side of the stage, or its row
    start: At | None = msgspec.field(name="from", default=None)
    step: At = (0.0, 0.0)
    count: Count = 1
    spots: tuple[At, ...] = ()
    turn: Degrees = 0.0
    centre: At | None = None
    floor: Level | None = None
    gaps: tuple[GapEntry, ...] = ()
    numbers: NumbersEntry = msgspec.field(default_factory=NumbersEntry)
    printed: tuple[Printed, ...] = ()
    guids: tuple[Guid, ...] = ()
    wheelchair: tuple[Number, ...] = ()
    companion: tuple[Number, ...] = ()
    restricted: tuple[RestrictedEntry, ...] = ()

    @property
    def size(self) -> int:
        return len(self.spots) or self.count

    @property
    def numbered(self) -> tuple[int, ...]:
        """Return the numbers of the seats, along the row."""
        return tuple(self.numbers.start + n * self.numbers.step for n in range(self.size))


class FieldEntry(Part):
    """Unnumbered places, spread over a rectangle; ``at`` is its centre, ``guids`` as in a row."""

    places: Annotated[int, Meta(ge=1, le=20_000)]
    at: At
    width: Length
    depth: Length
    turn: Degrees = 0.0
    guids: tuple[Guid, ...] = ()


class SectionEntry(Part):
    """Has rows of numbered seats, or a field of unnumbered places.

    ``floor``: of the first row; each row after it stands ``riser`` higher.
    """

    key: Key
    name: Both
    kind: Kind
    seat_height: Height
    note: Both = NOTHING
    area: Both = NOTHING
    floor: Level = 0.0
    riser: Height = 0.0
    rows: tuple[RowEntry, ...] = ()
    field: FieldEntry | None = None


class PlanFile(Part):
    """``demo`` marks what is invented; ``focal``: the line one looks at, else the stage's longer axis."""

    name: Key
    sections: Annotated[list[SectionEntry], Meta(min_length=1)]
    demo: bool = False
    stage: StageEntry | None = None
    focal: tuple[At, ...] = ()
    marks: tuple[MarkEntry, ...] = ()
