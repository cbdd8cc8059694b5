"""A seating plan as it stands in the room. Metres; the eye looks from above, y grows downwards."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import hypot
from typing import Any, Literal
from uuid import UUID, uuid5

from typing_extensions import override

from ticketing.foundation.words import Words, say

Kind = Literal["cushion", "stool", "chair", "tip-up", "open"]
Attribute = Literal["wheelchair", "companion", "restricted"]
Point = tuple[float, float]  # metres
MarkKind = Literal["gate", "aisle", "side"]
LARGE = 1200  # seats; more are drawn section by section
REMARKS: dict[Attribute, Words] = {
    "wheelchair": {"zh": "轮椅席", "en": "wheelchair place"},
    "companion": {"zh": "陪同席", "en": "companion's place"},
    "restricted": {"zh": "视线受限", "en": "restricted view"},
}
SEATS = UUID("6f0b3c1e-3f57-5d0c-9d0a-52f1c5a8b1d4")  # never change: every sale refers to these ids


@dataclass(frozen=True, slots=True)
class Stage:
    """``x`` and ``y`` are its centre; ``height``: over the floor of the hall."""

    x: float
    y: float
    width: float
    depth: float
    height: float = 0.0

    @property
    def length(self) -> float:
        return max(self.width, self.depth)

    @property
    def breadth(self) -> float:
        return min(self.width, self.depth)

    @property
    def focal(self) -> tuple[Point, ...]:
        """Return what one looks at where a plan says nothing else: the longer axis."""
        return self.point(-self.length / 2, 0), self.point(self.length / 2, 0)

    def point(self, along: float, across: float) -> Point:
        """Return x and y of a point so far from the centre along and across the longer axis."""
        if self.width >= self.depth:
            return self.x + along, self.y + across
        return self.x + across, self.y + along

    def measure(self, x: float, y: float) -> Point:
        """Return how far a point is from the centre along and across the longer axis."""
        right, down = x - self.x, y - self.y
        return (right, down) if self.width >= self.depth else (down, right)

    def distance(self, x: float, y: float) -> float:
        """Return the metres from a point to the nearest edge, 0 on the stage."""
        beside = max(abs(x - self.x) - self.width / 2, 0.0)
        before = max(abs(y - self.y) - self.depth / 2, 0.0)
        return hypot(beside, before)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word written on the floor: a gate, an aisle, the name of a side."""

    kind: MarkKind
    x: float
    y: float
    name: Words


@dataclass(frozen=True, slots=True)
class Section:
    """A tier: one way of sitting. ``area``: the part of the house it is in, such as 楼座 balcony."""

    key: str
    name: Words
    kind: Kind
    numbered: bool
    capacity: int
    seat_height: float  # metres
    note: Words
    area: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """``turn``: degrees clockwise from looking down the page; ``quality``: 0 to 1.

    ``printed``: what is written on it where that is not its number; ``guid``: what other programs
    call it; ``why``: what restricts the view, in words.
    """

    id: str
    section: str
    row: str
    row_name: Words
    number: int
    block: int  # seats of a row between two aisles
    x: float
    y: float
    turn: float
    kind: Kind
    eye: float  # metres over the floor of the hall
    distance: float  # metres to the edge of the stage
    quality: float
    attributes: tuple[Attribute, ...] = ()
    why: Words = field(default_factory=dict)
    printed: str = ""
    guid: str = ""

    @property
    def name(self) -> str:
        return self.printed or str(self.number)


@dataclass(frozen=True)  # no slots: the look-ups below are kept in the instance
class Plan:
    id: str
    name: str
    version: int
    stage: Stage | None
    sections: tuple[Section, ...]
    seats: tuple[Seat, ...]
    marks: tuple[Mark, ...] = ()
    focal: tuple[Point, ...] = ()  # where it is not the stage's longer axis
    source: dict[str, Any] = field(
        default_factory=dict, compare=False
    )  # the file it was drawn from

    @override
    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def large(self) -> bool:
        return len(self.seats) > LARGE

    @cached_property
    def by_id(self) -> dict[str, Seat]:
        return {seat.id: seat for seat in self.seats}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return where each seat stands in ``seats``, by id, from 0; it never changes in a version."""
        return {seat.id: n for n, seat in enumerate(self.seats)}

    @cached_property
    def blocks(self) -> tuple[tuple[Seat, ...], ...]:
        """Return the seats one may sit along without an aisle between, each block in order.

        The order is that of the row: numbers may run either way, or by twos.
        """
        ordered = sorted(self.seats, key=_block)
        return tuple(tuple(seats) for _, seats in groupby(ordered, key=_block))

    @cached_property
    def by_section(self) -> dict[str, tuple[Seat, ...]]:
        found: dict[str, list[Seat]] = {section.key: [] for section in self.sections}
        for seat in self.seats:
            found[seat.section].append(seat)
        return {key: tuple(seats) for key, seats in found.items()}

    def section(self, key: str) -> Section:
        return self._sections[key]

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}


def _block(seat: Seat) -> tuple[str, str, int]:
    return seat.section, seat.row, seat.block


def seat_id(plan_name: str, section: str, row: str, number: int) -> str:
    """Return the same id in every version of a plan, so that a new drawing orphans no sale."""
    return str(uuid5(SEATS, f"{plan_name}/{section}/{row}/{number}"))


def remarks(seat: Seat, lang: str) -> list[str]:
    """Return what a buyer must know of this seat, the reason of a restricted view with it."""
    words = [say(REMARKS[attribute], lang) for attribute in seat.attributes]
    return [*words, *filter(None, [say(seat.why, lang)])]


def label(seat: Seat, section: Section, lang: str) -> str:
    """Return 北侧矮凳 9 号, or 不对号入座 17 where places are not numbered.

    In a part of a house that has a name the part comes first: 一层 105 2 排 9 号.
    """
    tier, row, number = say(section.name, lang), say(seat.row_name, lang), seat.name
    if not section.numbered:
        return f"{tier} {number}"
    if any(section.area.values()):
        aside = (
            f", {row[:1].lower()}{row[1:]}, seat {number}"
            if lang == "en"
            else f" {row} {number} 号"
        )
        return f"{tier}{aside}"
    if lang == "en":
        return f"{row}, {tier[:1].lower()}{tier[1:]} {number}"
    return f"{row}{tier} {number} 号"
