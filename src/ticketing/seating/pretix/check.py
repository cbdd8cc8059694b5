"""Contradictions in pretix's plan that its schema cannot see, told in its own fields, all at once."""

from collections.abc import Iterator
from typing import NamedTuple

from ticketing.foundation.fixture_file import WrongField
from ticketing.seating.pretix.entries import PretixPlan, PretixRow, PretixSeat, Side, Zone
from ticketing.seating.pretix.scale import metre_of
from ticketing.seating.pretix.shapes import moved

FARTHEST = 2_000  # metres from the corner of the drawing


class Place(NamedTuple):
    """A seat with where it stands in the file."""

    zone: Zone
    row: PretixRow
    seat: PretixSeat
    field: str  # zones[0].rows[1].seats[2]
    row_name: str
    number: int  # in its row, from 0


def places(plan: PretixPlan) -> Iterator[Place]:
    """Yield every seat; a row without a name is called by its place."""
    for z, zone in enumerate(plan.zones):
        for r, row in enumerate(zone.rows):
            for s, seat in enumerate(row.seats):
                field = f"zones[{z}].rows[{r}].seats[{s}]"
                yield Place(zone, row, seat, field, row.row_number.strip() or str(r + 1), s)


def findings(plan: PretixPlan, side: Side) -> Iterator[WrongField]:
    """Yield what is wrong with seats: none at all, two of one guid, on one spot, or of the same words."""
    seats = list(places(plan))
    if not seats:
        yield WrongField("zones", "there is not one seat in this plan")
        return
    metre = metre_of(plan)
    yield from _twice(seats, metre)
    yield from _unnumbered(seats)
    yield from _far(seats, metre)
    for each in seats if side else ():
        if each.seat.seat_guid not in side:
            why = f"the side file says nothing of {each.seat.seat_guid}"
            yield WrongField(f"{each.field}.seat_guid", why)


def _twice(seats: list[Place], metre: float) -> Iterator[WrongField]:
    guids: dict[str, str] = {}
    spots: dict[tuple[float, ...], Place] = {}
    said: dict[tuple[str, ...], Place] = {}
    for each in seats:
        guid, number = each.seat.seat_guid, each.seat.seat_number.strip()
        if (first := guids.setdefault(guid, each.field)) != each.field:
            why = f"guid {guid} is there twice, first at {first}"
            yield WrongField(f"{each.field}.seat_guid", why)
            continue
        x, y = moved(each.zone.position, each.row.position, each.seat.position)
        other = spots.setdefault(
            (round(round(x / metre, 3), 2), round(round(y / metre, 3), 2)), each
        )
        if other is not each:
            why = f"{guid} stands on the spot of {other.seat.seat_guid} ({other.field})"
            yield WrongField(f"{each.field}.position", why)
        words = (each.zone.name.strip(), each.seat.category.strip(), called(each), number)
        if number and (other := said.setdefault(words, each)) is not each:
            yield WrongField(f"{each.field}.seat_number", _same(words, guid, other))


def _same(words: tuple[str, ...], guid: str, other: Place) -> str:
    zone, category, row, number = words
    name = ", ".join(filter(None, [zone, category, row and f"row {row}", f"seat {number}"]))
    return (
        f'"{name}" is said by two seats, {guid} and {other.seat.seat_guid} ({other.field}): '
        "give their zones, rows or seats names of their own"
    )


def called(place: Place) -> str:
    """Return what people read of the row."""
    label = place.row.row_label or "%s"
    return label.replace("%s", place.row_name).strip()


def _unnumbered(seats: list[Place]) -> Iterator[WrongField]:
    """A row may leave all its seats unnumbered, and then they are counted."""
    for each in seats:
        if not each.seat.seat_number.strip() and any(s.seat_number.strip() for s in each.row.seats):
            why = "a seat without a number in a row of numbered ones"
            yield WrongField(f"{each.field}.seat_number", why)


def _far(seats: list[Place], metre: float) -> Iterator[WrongField]:
    for each in seats:
        x, y = moved(each.zone.position, each.row.position, each.seat.position)
        if max(abs(x), abs(y)) / metre > FARTHEST:
            away = f"{max(abs(x), abs(y)) / metre:,.0f} m"
            why = f"{each.seat.seat_guid} would stand {away} from the corner: is it drawn to scale?"
            yield WrongField(f"{each.field}.position", why)
            return
