"""What lies still under the seats of a map: the stage, the words on the floor, rows' end numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from math import hypot

from markupsafe import escape

from ticketing.foundation.words import say
from ticketing.venues.plan import Plan, Seat, Stage

UNITS = 60  # of the drawing, to the metre
SEAT = 18  # units, half the square that a seat answers in
LETTER = 20  # units, the largest letter on the floor
BESIDE = 0.52  # metres from the middle of a row's last seat to its number
FARTHER = 0.66  # metres to the row's own, which is longer
LONG_STAGE = 12  # metres, from where its name is written twice
LONG_ROW = 6  # seats, from where a row's first and last numbers are written
MANY_ROWS = 4  # of a section, from where it matters more which row it is


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the plan that is drawn: centre in metres, half its extents in units."""

    x: float
    y: float
    across: int
    down: int

    def at(self, x: float, y: float) -> str:
        """Return a point of the plan as the drawing's "x y"."""
        return f"{(x - self.x) * UNITS:.0f} {(y - self.y) * UNITS:.0f}"


@dataclass(frozen=True, slots=True)
class Word:
    x: float  # metres
    y: float
    style: str  # CSS class
    text: str

    @property
    def reach(self) -> float:
        """Return metres to each side; letters of Chinese are square, others about half as wide."""
        letters = sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in self.text)
        return letters * LETTER / 2 / UNITS


def frame(plan: Plan, lang: str) -> Box:
    """Return the box that holds everything, the words even where the room is turned."""
    spots = [(seat.x, seat.y, SEAT / UNITS) for seat in plan.seats]
    spots += [(word.x, word.y, word.reach) for word in _words(plan, lang)]
    spots += _corners(plan.stage)
    left, right = min(x - r for x, _, r in spots), max(x + r for x, _, r in spots)
    top, bottom = min(y - r for _, y, r in spots), max(y + r for _, y, r in spots)
    across, down = (right - left) * UNITS / 2, (bottom - top) * UNITS / 2
    return Box((left + right) / 2, (top + bottom) / 2, round(across) + 6, round(down) + 6)


def floor(plan: Plan, lang: str, box: Box) -> str:
    words = "".join(
        f'<g transform="translate({box.at(word.x, word.y)})">'
        f'<text class="{word.style} upright">{escape(word.text)}</text></g>'
        for word in _words(plan, lang)
    )
    return f'<g class="floor" aria-hidden="true">{_stage(plan.stage, box)}{words}</g>'


def _stage(stage: Stage | None, box: Box) -> str:
    if stage is None:
        return ""
    width, depth = stage.width * UNITS, stage.depth * UNITS
    return (
        f'<g transform="translate({box.at(stage.x, stage.y)})"><rect class="stage" '
        f'x="{-width / 2:.0f}" y="{-depth / 2:.0f}" width="{width:.0f}" height="{depth:.0f}"/></g>'
    )


def _corners(stage: Stage | None) -> list[tuple[float, float, float]]:
    if stage is None:
        return []
    x, y = stage.width / 2, stage.depth / 2
    return [(stage.x - x, stage.y - y, 0.0), (stage.x + x, stage.y + y, 0.0)]


def _words(plan: Plan, lang: str) -> Iterator[Word]:
    marks = (Word(mark.x, mark.y, mark.kind, say(mark.name, lang)) for mark in plan.marks)
    return chain(_on_stage(plan.stage, lang), marks, _row_ends(plan))


def _on_stage(stage: Stage | None, lang: str) -> Iterator[Word]:
    """Yield the stage's name and measures; along its axis where it is long."""
    if stage is None:
        return
    name, length, width, comma = (
        ("Stage", f"{stage.length:g} m long", f"{stage.breadth:g} m wide", ", ") if lang == "en"
        else ("舞 台", f"长 {stage.length:g} 米", f"宽 {stage.breadth:g} 米", "，")
    )  # fmt: skip
    if stage.length < LONG_STAGE:
        yield Word(stage.x, stage.y - 0.4, "on-stage", name)
        yield Word(stage.x, stage.y + 0.4, "on-stage small", f"{length}{comma}{width}")
        return
    for part, text in ((-0.29, name), (0.29, name)):
        yield Word(*stage.point(part * stage.length, 0), "on-stage", text)
    for part, text in ((-0.075, length), (0.075, width)):
        yield Word(*stage.point(part * stage.length, 0), "on-stage small", text)


def _row_ends(plan: Plan) -> Iterator[Word]:
    """Yield the first and last numbers of long rows beside their seats; of many rows the rows' own."""
    for section in plan.sections:
        if section.numbered:
            rows = [list(row) for _, row in groupby(plan.by_section[section.key], _row)]
            for seats in rows:
                if len(seats) > LONG_ROW:
                    yield from _ends(seats, named=len(rows) > MANY_ROWS)


def _row(seat: Seat) -> str:
    return seat.row


def _ends(seats: list[Seat], *, named: bool) -> Iterator[Word]:
    for seat, neighbour in ((seats[0], seats[1]), (seats[-1], seats[-2])):
        x, y = seat.x - neighbour.x, seat.y - neighbour.y
        out = (FARTHER if named else BESIDE) / hypot(x, y)
        text = seat.row if named else seat.name
        yield Word(seat.x + x * out, seat.y + y * out, "no", text)
