"""What lies still under the seats of a map: the stage, and the words on the floor."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from ticketing.drawings.floor_words import SEAT, UNITS, Word, words
from ticketing.seating.plan import Plan, Stage

__all__ = ["SEAT", "Box", "floor", "frame"]
LONG = 1.6  # as wide as high: from here a room may be turned
EDGE = 6  # units around everything


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the plan that is drawn: centre in metres, half its extents in units.

    ``long``: turned by a quarter where there is little room.
    """

    x: float
    y: float
    across: int
    down: int
    long: bool

    def at(self, x: float, y: float) -> str:
        """Return a point of the plan as the drawing's "x y"."""
        return f"{(x - self.x) * UNITS:.0f} {(y - self.y) * UNITS:.0f}"


def frame(plan: Plan, lang: str) -> Box:
    """Return the box that holds everything, the words even where the room is turned."""
    turned = _around(plan, words(plan, lang, long=True), long=True)
    if turned.across > LONG * turned.down:
        return turned
    return _around(plan, words(plan, lang, long=False), long=False)


def _around(plan: Plan, said: Sequence[Word], *, long: bool) -> Box:
    half = SEAT / UNITS
    spots = [(seat.x, seat.y, half, half) for seat in plan.seats]
    spots += [(w.x, w.y, w.reach, max(w.rise, w.reach if long else 0)) for w in said]
    if stage := plan.stage:
        spots.append((stage.x, stage.y, stage.width / 2, stage.depth / 2))
    left, right = min(x - r for x, _, r, _ in spots), max(x + r for x, _, r, _ in spots)
    top, bottom = min(y - r for _, y, _, r in spots), max(y + r for _, y, _, r in spots)
    across, down = (right - left) * UNITS / 2, (bottom - top) * UNITS / 2
    middle = (left + right) / 2, (top + bottom) / 2
    return Box(*middle, round(across) + EDGE, round(down) + EDGE, long)


def floor(plan: Plan, lang: str, box: Box) -> str:
    said = "".join(
        f'<g transform="translate({box.at(word.x, word.y)})">'
        f'<text class="{word.style} upright">{escape(word.text)}</text></g>'
        for word in words(plan, lang, long=box.long)
    )
    return f'<g class="floor" aria-hidden="true">{_stage(plan.stage, box)}{said}</g>'


def _stage(stage: Stage | None, box: Box) -> str:
    if stage is None:
        return ""
    width, depth = stage.width * UNITS, stage.depth * UNITS
    return (
        f'<g transform="translate({box.at(stage.x, stage.y)})"><rect class="stage" '
        f'x="{-width / 2:.0f}" y="{-depth / 2:.0f}" width="{width:.0f}" height="{depth:.0f}"/></g>'
    )
