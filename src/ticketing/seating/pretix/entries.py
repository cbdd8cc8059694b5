"""pretix's seating plan, field by field, and the side file that says what it cannot."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from ticketing.foundation.fixture_types import Both, Strict
from ticketing.seating.entries import Guid, Height, Level
from ticketing.seating.plan import Attribute, Kind

Pixels = Annotated[float, Meta(ge=-10_000_000, le=10_000_000)]
Name = Annotated[str, Meta(max_length=190)]
Label = Annotated[str, Meta(max_length=80)]


class Position(Strict):
    """Pixels; y grows downwards."""

    x: Pixels
    y: Pixels


class Polygon(Strict):
    points: list[Position]


class Rectangle(Strict):
    width: Pixels
    height: Pixels


class Ellipse(Strict):
    radius: Position


class Circle(Strict):
    radius: Pixels


class TextEntry(Strict):
    text: Name
    position: Position
    color: str | UnsetType = UNSET
    size: float | UnsetType = UNSET


class Area(Strict):
    """A shape on the floor: the stage, a bar, a word."""

    color: str | UnsetType = UNSET
    border_color: str | UnsetType = UNSET
    rotation: float | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    uuid: str | UnsetType = UNSET
    shape: Literal["polygon", "rectangle", "ellipse", "circle", "text"] | UnsetType = UNSET
    polygon: Polygon | UnsetType = UNSET
    rectangle: Rectangle | UnsetType = UNSET
    ellipse: Ellipse | UnsetType = UNSET
    circle: Circle | UnsetType = UNSET
    text: TextEntry | UnsetType = UNSET


class PretixSeat(Strict):
    seat_guid: Guid
    seat_number: Label
    position: Position
    category: Name
    uuid: str | UnsetType = UNSET
    start_direction: str | UnsetType | None = UNSET
    radius: float | UnsetType = UNSET


class PretixRow(Strict):
    row_number: Label
    seats: list[PretixSeat]
    row_label: Label | UnsetType | None = UNSET
    seat_label: str | UnsetType | None = UNSET
    uuid: str | UnsetType = UNSET
    row_number_position: Literal["start", "end", "both"] | UnsetType | None = UNSET
    position: Position | UnsetType = UNSET


class Zone(Strict):
    position: Position
    rows: list[PretixRow]
    name: Name = ""
    zone_id: str | UnsetType = UNSET
    uuid: str | UnsetType = UNSET
    areas: list[Area] = field(default_factory=list)


class Category(Strict):
    name: Name
    color: str | UnsetType = UNSET


class Size(Strict):
    width: int
    height: int


class PretixPlan(Strict):
    name: Name
    categories: list[Category]
    zones: list[Zone]
    size: Size


class SideSeat(Strict):
    """What pretix cannot say of a seat. ``seg``: which run of seats without an aisle it is in.

    ``floor_z`` and ``seat_h`` in metres; ``pos``: its place in the run; ``row_ix``: which row of
    its zone; ``q``: the view's quality, which is worked out anew when the plan is read.
    """

    floor_z: Level
    seat_h: Height
    kind: Kind
    seg: int
    pos: int
    row_ix: int
    attrs: list[Attribute] = field(default_factory=list)
    q: Annotated[float, Meta(ge=0, le=1)] = 1.0
    why: Both | UnsetType = UNSET


Side = dict[str, SideSeat]
