"""What the performance page draws of the hall: made once per plan and language."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from ticketing.drawings.section import section_drawing
from ticketing.drawings.view import view_drawing
from ticketing.drawings.ways_in import ways_in
from ticketing.foundation.words import Words, say
from ticketing.seating.plan import Plan, Seat, Section, label

USUAL_SEAT = 9  # neither the end of a row nor its middle


@dataclass(frozen=True, slots=True)
class View:
    """A tier of so many places, and what one sees from one of its seats."""

    name: Words
    places: int
    section: Section
    seat: str
    distance: float  # metres from the stage
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
    """Return one of each numbered tier, the farthest first, as the drawing above shows them.

    Of a large hall one of each area: its sections are too many.
    """
    groups: dict[str, list[Seat]] = {}
    for section in plan.sections:
        if section.numbered:
            group = say(section.area, "zh") if plan.large else section.key
            groups.setdefault(group, []).extend(plan.by_section[section.key])
    found = [view(plan, seats, lang) for seats in groups.values()]
    return sorted(found, key=lambda view: -view.distance)


def view(plan: Plan, seats: list[Seat], lang: str) -> View:
    seat = usual_seat(seats)
    section = plan.section(seat.section)
    name = (section.area if plan.large else None) or section.name
    picture = view_drawing(plan, seat, lang)
    return View(name, len(seats), section, label(seat, section, lang), seat.distance, picture)


def usual_seat(seats: list[Seat]) -> Seat:
    return next((seat for seat in seats if seat.number == USUAL_SEAT), seats[len(seats) // 2])
