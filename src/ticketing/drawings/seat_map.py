"""The seat map: the room from above, to scale, in one SVG.

Everything but the states is rendered once per plan version, language and prices. Where there is
little room the style sheet turns a long one by a quarter (map.css); what is ``upright`` turns back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from markupsafe import Markup, escape

from ticketing.drawings.floor import SEAT, Box, floor, frame
from ticketing.drawings.marks import BODIES, NOTES, SIGNS, State, classes
from ticketing.seating.plan import Plan, Seat, label, remarks

STATES: tuple[State, ...] = get_args(State)
SAID: dict[str, dict[State, str]] = {
    "zh": {"free": "可选", "mine": "已选", "sold": "已售", "held": "锁定", "arrived": "已到"},
    "en": {"free": "available", "mine": "yours", "sold": "sold", "held": "held",
           "arrived": "inside"},
}  # fmt: skip
HIT = f'<rect class="hit" x="{-SEAT}" y="{-SEAT}" width="{2 * SEAT}" height="{2 * SEAT}"/>'
TAIL = "</g></svg>"


@dataclass(frozen=True, slots=True)
class Fragments:
    """A map in pieces: ``pieces[state]`` is all of it, every seat in that state."""

    pieces: dict[State, list[str]]
    places: dict[str, int]  # seat id to its piece


def seat_map(fragments: Fragments, states: Mapping[str, State]) -> Markup:
    """Return the map; ``states`` by seat id, a seat not named is free."""
    pieces = fragments.pieces["free"].copy()
    for seat, state in states.items():
        place = fragments.places[seat]
        pieces[place] = fragments.pieces[state][place]
    return Markup("".join(pieces))  # noqa: S704  the pieces are escaped


@lru_cache(maxsize=32)
def plan_fragments(
    plan: Plan, lang: str, prices: tuple[tuple[str, str], ...] = (),
    colours: tuple[tuple[str, int], ...] = (),
) -> Fragments:  # fmt: skip
    """``prices``: section key and price as text. A seat without a price is only to be looked at.

    ``colours``: section key and the number of its price's colour, 0 for the kind's own.
    """
    box, said, tints = frame(plan, lang), dict(prices), dict(colours)
    head = _head(box, lang) + floor(plan, lang, box)
    drawn = [
        _seat(plan, seat, box, lang, said.get(seat.section), tints.get(seat.section, 0))
        for seat in plan.seats
    ]
    return Fragments(
        pieces={state: [head, *(seat[state] for seat in drawn), TAIL] for state in STATES},
        places={seat.id: n for n, seat in enumerate(plan.seats, start=1)},
    )


def _head(box: Box, lang: str) -> str:
    """Return the opening; a script finds the words for a changed seat's label in data-words."""
    across, down = box.across, box.down
    return (
        f'<svg class="map{" long" if box.long else ""}" role="group" '
        f'viewBox="{-across} {-down} {2 * across} {2 * down}" style="--across:{across};--down:{down}" '
        f'aria-label="{"Seat map" if lang == "en" else "座位图"}" '
        f'data-words="{" ".join(SAID[lang].values())}"><g class="room">'
    )


def _seat(
    plan: Plan, seat: Seat, box: Box, lang: str, price: str | None, colour: int
) -> dict[State, str]:
    """Return the seat in every state."""
    place = (
        f'transform="translate({box.at(seat.x, seat.y)})" '
        f'data-seat="{escape(seat.id)}" data-section="{escape(seat.section)}"'
    )
    shape = (
        f'{HIT}<g class="body" transform="rotate({seat.turn:g})">{BODIES[seat.kind]}</g>'
        f'<g class="upright">{_noted(seat)}{SIGNS}<text class="seatno">{escape(seat.name)}</text></g></g>'
    )
    return {
        state: f'<g class="place {classes(seat.kind, state, colour)}" {place} '
        f"{_reading(plan, seat, state, lang, price)}>{shape}"
        for state in STATES
    }


def _noted(seat: Seat) -> str:
    return "".join(NOTES[attribute] for attribute in seat.attributes)


def _reading(plan: Plan, seat: Seat, state: State, lang: str, price: str | None) -> str:
    """Return what a screen reader is told; unnumbered places are counted in words elsewhere."""
    section = plan.section(seat.section)
    if not section.numbered:
        return 'aria-hidden="true"'
    parts = [
        label(seat, section, lang),
        *remarks(seat, lang),
        SAID[lang][state],
        *([price] if price else []),
    ]
    name = escape((", " if lang == "en" else "，").join(parts))
    if not price:
        return f'role="img" aria-label="{name}"'
    return (
        f'role="checkbox" tabindex="-1" aria-checked="{_yes(state == "mine")}" '
        f'aria-disabled="{_yes(state not in ("free", "mine"))}" aria-label="{name}"'
    )


def _yes(said: bool) -> str:
    return "true" if said else "false"
