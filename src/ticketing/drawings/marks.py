"""The shapes of the tiers and the signs of a seat's state: shape first, colour (CSS) second.

One seat is about 27 units wide, 60 units to the metre. All signs stand in the drawing; the class of
the state shows the right one, so that a script changes a class and nothing else.
"""

from typing import Literal

from markupsafe import Markup

from ticketing.seating.plan import Attribute, Kind

State = Literal["free", "mine", "sold", "held", "arrived"]
PRICE_COLOURS = 6  # map.css has so many
BODIES: dict[Kind, str] = {
    "cushion": '<circle r="13.5"/>',
    "stool": '<rect x="-12" y="-12" width="24" height="24" rx="7"/>',
    "chair": '<rect x="-12.5" y="-9" width="25" height="22" rx="1.5"/>'
    '<path class="back" d="M-13.5-14h27"/>',
    "tip-up": '<rect x="-10" y="-10" width="20" height="21" rx="3"/>'
    '<path class="back" d="M-13.5 9v-18a5 5 0 0 1 5-5h17a5 5 0 0 1 5 5v18"/>',
    "open": '<rect x="-14" y="-8" width="28" height="16" rx="2"/>',
}
NOTES: dict[Attribute, str] = {  # what is special about a place, small, beside its state
    "wheelchair": '<g class="note"><circle cx="1" cy="3" r="6.5"/><path d="M-2-9v9h6l3 6"/></g>',
    "companion": '<g class="note"><circle cy="-4" r="3"/><path d="M-5 8a5 6 0 0 1 10 0"/></g>',
    "restricted": '<path class="note" d="M-9 9L9-9"/>',
}
SIGNS = (
    '<path class="sign is-mine" d="M-6 1l4.5 4.5L7-5"/>'
    '<path class="sign is-sold" d="M-4.5-4.5l9 9m0-9l-9 9"/>'
    '<path class="sign is-held" d="M-5.5 0h11"/>'
)


def classes(kind: Kind, state: State, colour: int = 0) -> str:
    """Return a seat's CSS classes; ``colour``: of its price, 0 for the kind's own."""
    return f"seat {kind} {state}" + (f" price-{colour}" if colour else "")


def tier_shape(kind: Kind, state: State = "free", colour: int = 0) -> Markup:
    """Return one seat as a small picture, for legends, tickets and lists."""
    return Markup(  # noqa: S704  nothing here was written by people
        '<svg class="shape" viewBox="-18 -18 36 36" width="22" height="22" aria-hidden="true">'
        f'<g class="{classes(kind, state, colour)}"><g class="body">{BODIES[kind]}</g>{SIGNS}</g></svg>'
    )
