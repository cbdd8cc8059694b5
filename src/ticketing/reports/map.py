"""The room of a night, drawn."""

from markupsafe import Markup

from ticketing.drawings.hall import hall_drawing
from ticketing.drawings.seat_map import plan_fragments, seat_map
from ticketing.reports.night import Night


def drawn(night: Night, lang: str) -> Markup:
    """Return the map of the seats; of a large hall its sections, each of which leads to its own."""
    if night.shown is None:
        return hall_drawing(night.plan, lang, night.free, "?section={}#room".format)
    return seat_map(plan_fragments(night.shown, lang), night.states)
