"""What the performance page draws of the hall: made once per plan and language."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from ticketing.venues.plan import Plan, Seat, Section, label
from ticketing.venues.section_drawing import section_drawing
from ticketing.venues.view_drawing import view_drawing
from ticketing.venues.ways_in import ways_in

USUAL_SEAT = 9  # neither the end of a row nor its middle


@dataclass(frozen=True, slots=True)
class View:
    """A tier, and what one sees from one of its seats."""

    section: Section
    seat: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Drawings:
    """``wide`` and ``narrow``: the tiers cut across; empty where nobody sits around a stage."""

    wide: Markup
    narrow: Markup
    views: list[View]
    ways_in: Markup


@lru_cache(maxsize=32)
def drawings(plan: Plan, lang: str) -> Drawings:
    return Drawings(
        wide=section_drawing(plan, lang),
        narrow=section_drawing(plan, lang, narrow=True),
        views=views(plan, lang),
        ways_in=ways_in(plan, lang),
    )


def views(plan: Plan, lang: str) -> list[View]:
    """Return one of each numbered tier, the farthest first, as the drawing above shows them."""
    seats = [
        usual_seat(list(group))
        for key, group in groupby(plan.seats, key=lambda seat: seat.section)
        if plan.section(key).numbered
    ]
    seats.sort(key=lambda seat: -seat.distance)
    return [view(plan, seat, lang) for seat in seats]


def view(plan: Plan, seat: Seat, lang: str) -> View:
    section = plan.section(seat.section)
    return View(section, label(seat, section, lang), view_drawing(plan, seat, lang))


def usual_seat(seats: list[Seat]) -> Seat:
    return next((seat for seat in seats if seat.number == USUAL_SEAT), seats[len(seats) // 2])
