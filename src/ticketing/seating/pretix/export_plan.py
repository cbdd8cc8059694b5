"""From a plan to pretix's format and the side file. Colours and the editor's uuids are made anew."""

from collections.abc import Iterator
from uuid import uuid5

from msgspec import UNSET

from ticketing.foundation.fixture_types import Both
from ticketing.foundation.words import say
from ticketing.seating.plan import SEATS, Plan, Point, Seat, Section
from ticketing.seating.pretix.entries import (
    Category,
    Position,
    PretixPlan,
    PretixRow,
    PretixSeat,
    Side,
    SideSeat,
    Size,
    Zone,
)
from ticketing.seating.pretix.scale import METRE
from ticketing.seating.pretix.shapes import Shape, area_of
from ticketing.seating.view_quality import EYE_OVER_SEAT

MARGIN = 100  # pixels around everything
RADIUS = 20  # pixels
COLOURS = ("#7f4a91", "#3b7ea1", "#dd8500", "#408252", "#a63d40", "#5b6c8f")


Rows = dict[str, list[Seat]]


def pretix_plan(plan: Plan) -> PretixPlan:
    left, top, right, bottom = _bounds(plan)
    names = list(dict.fromkeys(map(category, plan.sections)))
    zones: dict[str, Rows] = {}
    for seat in plan.seats:
        zone = zones.setdefault(zone_name(plan.section(seat.section)), {})
        zone.setdefault(seat.row, []).append(seat)
    return PretixPlan(
        name=plan.name,
        categories=[Category(name, COLOURS[n % len(COLOURS)]) for n, name in enumerate(names)],
        zones=[
            _zone(plan, name, rows, (left - MARGIN, top - MARGIN), first=n == 0)
            for n, (name, rows) in enumerate(zones.items())
        ],
        size=Size(int(right - left + 2 * MARGIN), int(bottom - top + 2 * MARGIN)),
    )


def _bounds(plan: Plan) -> tuple[float, float, float, float]:
    """Return the pixels left, top, right and bottom of the seats and the stage."""
    spots = [(seat.x, seat.y) for seat in plan.seats]
    if stage := plan.stage:
        x, y = stage.width / 2, stage.depth / 2
        spots += [(stage.x - x, stage.y - y), (stage.x + x, stage.y + y)]
    across, down = [x * METRE for x, _ in spots], [y * METRE for _, y in spots]
    return min(across), min(down), max(across), max(down)


def _zone(plan: Plan, name: str, rows: Rows, corner: Point, *, first: bool) -> Zone:
    """Return the zone with its rows; the first one brings the floor."""
    origin, place = Position(0, 0), f"{plan.name}/{name}"
    return Zone(
        name=name, zone_id=name, uuid=_uuid(place), position=origin,
        rows=[
            PretixRow(
                row_number=_called(row, seats[0])[0], row_label=_called(row, seats[0])[1],
                seat_label="Seat %s", row_number_position="both", position=origin,
                uuid=_uuid(f"{place}/{row}"), seats=[_seat(plan, seat, corner) for seat in seats],
            )
            for row, seats in rows.items()
        ],
        areas=[
            area_of(_pixels(shape, corner), _uuid(f"{place}/{shape}"))
            for shape in (_floor(plan) if first else ())
        ],
    )  # fmt: skip


def _seat(plan: Plan, seat: Seat, corner: Point) -> PretixSeat:
    return PretixSeat(
        seat_guid=guid(seat), seat_number=seat.name, uuid=_uuid(f"{plan.name}/{guid(seat)}"),
        position=Position(*_at(seat.x, seat.y, corner)), radius=RADIUS,
        category=category(plan.section(seat.section)),
    )  # fmt: skip


def _floor(plan: Plan) -> Iterator[Shape]:
    if stage := plan.stage:
        yield Shape("Stage", stage.x, stage.y, stage.width, stage.depth)
    for mark in plan.marks:
        yield Shape(say(mark.name, "en"), mark.x, mark.y, 0, 0)


def _pixels(shape: Shape, corner: Point) -> Shape:
    x, y = _at(shape.x, shape.y, corner)
    return Shape(shape.text, x, y, shape.width * METRE, shape.depth * METRE)


def _at(x: float, y: float, corner: Point) -> Point:
    return round(x * METRE - corner[0], 1), round(y * METRE - corner[1], 1)


def _called(key: str, seat: Seat) -> tuple[str, str]:
    """Return the row's number and how it is called, with %s for that number."""
    name = say(seat.row_name, "en")
    number = name.removeprefix("Row ")
    return (number, "Row %s") if number != name else (key, name)


def _uuid(name: str) -> str:
    return str(uuid5(SEATS, name))


def side_file(plan: Plan) -> Side:
    """Return what pretix cannot say, by ``seat_guid``."""
    side: Side = {}
    seg, pos, rows = -1, 0, _row_numbers(plan)
    last: tuple[str, str, int] | None = None
    for seat in plan.seats:
        run = (seat.section, seat.row, seat.block)
        seg, pos = (seg, pos + 1) if run == last else (seg + 1, 0)
        last = run
        height = plan.section(seat.section).seat_height
        side[guid(seat)] = SideSeat(
            floor_z=round(seat.eye - EYE_OVER_SEAT - height, 3) + 0.0, seat_h=height, kind=seat.kind,
            seg=seg, pos=pos, row_ix=rows[seat.section, seat.row], attrs=list(seat.attributes),
            q=seat.quality, why=Both(**seat.why) if seat.why else UNSET,
        )  # fmt: skip
    return side


def guid(seat: Seat) -> str:
    return seat.guid or f"{seat.section}/{seat.row}/{seat.number}"


def zone_name(section: Section) -> str:
    return say(section.area, "en") or say(section.name, "en")


def category(section: Section) -> str:
    """Return the name of the tier without its area."""
    name, area = say(section.name, "en"), say(section.area, "en")
    return name.removeprefix(f"{area} · ") if area else name


def _row_numbers(plan: Plan) -> dict[tuple[str, str], int]:
    """Return which row of its zone each is, by section and row."""
    zones: dict[str, list[str]] = {}
    found = {}
    for seat in plan.seats:
        rows = zones.setdefault(zone_name(plan.section(seat.section)), [])
        if seat.row not in rows:
            rows.append(seat.row)
        found[seat.section, seat.row] = rows.index(seat.row)
    return found
