"""The words on the floor of a map: the stage's, the marks of the house, its parts, its rows.

Letters are as large as map.css ever draws them, so that what fits here fits on a phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import cos, hypot, radians, sin

from ticketing.foundation.words import say
from ticketing.seating.plan import Plan, Point, Seat, Stage

UNITS = 60  # of the drawing, to the metre
SEAT = 18  # units, half the square that a seat answers in
LETTERS = {"on-stage": (32, 44), "on-stage small": (18, 36), "side": (20, 36)}  # units
LETTER = (18, 36)  # units, of all others: in a room that is long, and in one that is not
BESIDE = 0.52  # metres from the middle of a row's last seat to its number
FARTHER = 0.66  # metres to the row's own, which is longer
LONG_ROW = 6  # seats, from where a row's first and last numbers are written
THIN = 4  # times as long as broad: people may sit on both sides of such a stage
MANY_ROWS = 4  # of a section, from where it matters more which row it is
HALF = SEAT / UNITS / 2  # metres, half a seat
APART = 0.12  # metres between a word and what is beside it


@dataclass(frozen=True, slots=True)
class Word:
    """``x`` and ``y``: its middle in metres; ``style``: CSS class; ``letter``: its size in units."""

    x: float
    y: float
    style: str
    text: str
    letter: int

    @property
    def reach(self) -> float:
        """Return metres to each side; letters of Chinese are square, others about half as wide."""
        wide = sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in self.text)
        return wide * self.letter / 2 / UNITS

    @property
    def rise(self) -> float:
        """Return metres upwards and downwards."""
        return self.letter / 2 / UNITS

    def touches(self, x: float, y: float, reach: float, rise: float) -> bool:
        """Say whether it would lie on a box of this middle and these half extents."""
        return (
            abs(self.x - x) < self.reach + reach + APART
            and abs(self.y - y) < self.rise + rise + APART
        )


def words(plan: Plan, lang: str, *, long: bool) -> list[Word]:
    """Return every word of a room; ``long``: of one that may be turned, where letters are smaller."""
    found = [*_on_stage(plan.stage, lang, long=long)]
    found += [_word(m.x, m.y, m.kind, say(m.name, lang), long=long) for m in plan.marks]
    for word in _row_ends(plan, lang, long=long):
        if not _on_seats(plan, word):
            found.append(word)
    for candidates in _parts(plan, lang, long=long):
        found += [word for word in candidates if _fits(plan, word, found)][:1]
    return found


def _word(x: float, y: float, style: str, text: str, *, long: bool) -> Word:
    return Word(x, y, style, text, LETTERS.get(style, LETTER)[0 if long else 1])


def _on_seats(plan: Plan, word: Word) -> bool:
    return any(word.touches(seat.x, seat.y, HALF, HALF) for seat in plan.seats)


def _fits(plan: Plan, word: Word, others: Sequence[Word]) -> bool:
    stage = plan.stage
    return not (
        _on_seats(plan, word)
        or (stage and word.touches(stage.x, stage.y, stage.width / 2, stage.depth / 2))
        or any(word.touches(other.x, other.y, other.reach, other.rise) for other in others)
    )


def _on_stage(stage: Stage | None, lang: str, *, long: bool) -> Iterator[Word]:
    """Yield the stage's name and measures: once, or along an axis where all is said twice over."""
    if stage is None:
        return
    name, along, across = (
        ("Stage", f"{stage.length:g} m long", f"{stage.breadth:g} m wide") if lang == "en"
        else ("舞 台", f"长 {stage.length:g} 米", f"宽 {stage.breadth:g} 米")
    )  # fmt: skip
    row = [
        _word(*stage.point(part * stage.length, 0), style, text, long=long)
        for part, text, style in (
            (-0.29, name, "on-stage"), (0.29, name, "on-stage"),
            (-0.075, along, "on-stage small"), (0.075, across, "on-stage small"),
        )
    ]  # fmt: skip
    if stage.length > THIN * stage.breadth and _apart(row):
        yield from row
        return
    measures = (
        f"{stage.width:g} m wide, {stage.depth:g} m deep" if lang == "en"
        else f"宽 {stage.width:g} 米，深 {stage.depth:g} 米"
    )  # fmt: skip
    under = _word(stage.x, stage.y + 0.45, "on-stage small", measures, long=long)
    room = under.reach < stage.width / 2 and 0.45 + under.rise < stage.depth / 2
    yield _word(stage.x, stage.y - (0.4 if room else 0), "on-stage", name, long=long)
    if room:
        yield under


def _apart(row: list[Word]) -> bool:
    """Say whether no word lies on another."""
    ordered = sorted(row, key=lambda word: (word.x, word.y))
    return not any(a.touches(b.x, b.y, b.reach, b.rise) for a, b in pairwise(ordered))


def _row_ends(plan: Plan, lang: str, *, long: bool) -> Iterator[Word]:
    """Yield at both ends of rows their names where some section has many, else their numbers."""
    sections = [
        [list(row) for _, row in groupby(plan.by_section[section.key], _row)]
        for section in plan.sections
        if section.numbered
    ]
    named = any(len(rows) > MANY_ROWS for rows in sections)
    for seats in (row for rows in sections for row in rows):
        if named or len(seats) > LONG_ROW:
            for seat, (x, y) in zip((seats[0], seats[-1]), _outwards(seats), strict=True):
                text = row_sign(seat, lang) if named else seat.name
                word = _word(seat.x, seat.y, "no", text, long=long)
                free = HALF + 2 * APART + abs(x) * word.reach + abs(y) * word.rise
                away = max(FARTHER if named else BESIDE, free)
                yield replace(word, x=seat.x + x * away, y=seat.y + y * away)


def _row(seat: Seat) -> str:
    return seat.row


def row_sign(seat: Seat, lang: str) -> str:
    """Return what stands at a row's end: A of "Row A" and A 排."""
    name = say(seat.row_name, lang)
    return name.removeprefix("Row ").removesuffix(" 排").removesuffix("排") or seat.row


def _outwards(seats: Sequence[Seat]) -> tuple[Point, Point]:
    """Return the directions out of a row at its first and its last seat, a metre long."""
    if len(seats) > 1:
        return _way(seats[1], seats[0]), _way(seats[-2], seats[-1])
    right, down = cos(radians(seats[0].turn)), sin(radians(seats[0].turn))
    return (right, down), (-right, -down)


def _way(start: Seat, end: Seat) -> Point:
    x, y = end.x - start.x, end.y - start.y
    away = hypot(x, y) or 1.0
    return x / away, y / away


def _parts(plan: Plan, lang: str, *, long: bool) -> Iterator[list[Word]]:
    """Yield where each part of the house might be named, where it has several on a side of the stage.

    The best place is before its first row; then behind its last one, then beside it.
    """
    parts: dict[str, list[Seat]] = {}
    for section in plan.sections:
        if section.numbered:
            name = say(section.area, lang) or say(section.name, lang)
            parts.setdefault(name, []).extend(plan.by_section[section.key])
    said = {say(mark.name, lang) for mark in plan.marks}
    for name, seats in parts.items() if len(parts) > 1 else ():
        if name not in said and _one_way(seats):
            word = _word(0, 0, "side part", name, long=long)
            yield [
                _word(x, y, word.style, name, long=long)
                for x, y in _around(seats, word.reach, word.rise)
            ]


def _one_way(seats: Sequence[Seat]) -> bool:
    """Say whether all look more or less the same way: who sits round a stage do not."""
    turn = seats[len(seats) // 2].turn
    return all(cos(radians(seat.turn - turn)) > 0 for seat in seats)


def _around(seats: Sequence[Seat], reach: float, rise: float) -> Iterator[Point]:
    turn = radians(seats[len(seats) // 2].turn)
    look = (-sin(turn), cos(turn))
    aside = (-look[1], look[0])
    before = [seat.x * look[0] + seat.y * look[1] for seat in seats]
    beside = [seat.x * aside[0] + seat.y * aside[1] for seat in seats]
    middle, depth = (min(beside) + max(beside)) / 2, (min(before) + max(before)) / 2
    room = SEAT / UNITS + 2 * APART
    on = room + abs(look[0]) * reach + abs(look[1]) * rise
    off = room + FARTHER + abs(aside[0]) * reach + abs(aside[1]) * rise
    for along, across in (
        (max(before) + on, middle), (min(before) - on, middle),
        (depth, min(beside) - off), (depth, max(beside) + off),
    ):  # fmt: skip
        yield along * look[0] + across * aside[0], along * look[1] + across * aside[1]
