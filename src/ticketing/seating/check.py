"""Contradictions in a plan file that its schema cannot see. Each names its section and row."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ticketing.foundation.fixture_file import WrongField
from ticketing.seating.entries import PlanFile, RowEntry, SectionEntry
from ticketing.seating.plan import Seat, Section, label

LANGS = ("zh", "en")


def check(file: PlanFile) -> None:
    """Raise WrongField, a ValueError, where the file contradicts itself."""
    if len(file.focal) == 1:
        raise WrongField("focal", "what one looks at is a line: give it two points or more")
    _once("sections", "section {}", (section.key for section in file.sections))
    for n, section in enumerate(file.sections):
        _check_section(f"sections[{n}]", section)
    guids = (guid for each in file.sections for guid in _guids(each))
    _once("sections", "guid {}", guids)


def check_apart(seats: Iterable[Seat]) -> None:
    """Raise WrongField where two seats stand on one spot."""
    spots: dict[tuple[float, float], str] = {}
    for seat in seats:
        name = f"section {seat.section}, row {seat.row}, number {seat.number}"
        spot = round(seat.x, 2), round(seat.y, 2)
        if (other := spots.setdefault(spot, name)) != name:
            raise WrongField("sections", f"{name} stands on the spot of {other}")


def check_words(sections: Iterable[Section], seats: Iterable[Seat]) -> None:
    """Raise WrongField where two seats say the same: two parties would be sent to one chair."""
    known = {section.key: section for section in sections}
    said: dict[str, str] = {}
    for seat in seats:
        name = f"section {seat.section}, row {seat.row}, number {seat.number}"
        for lang in LANGS if known[seat.section].numbered else ():
            words = label(seat, known[seat.section], lang)
            if (other := said.setdefault(f"{lang} {words.casefold()}", name)) != name:
                why = f'{name} says "{words}", and so does {other}: give them names of their own'
                raise WrongField("sections", why)


def _check_section(place: str, section: SectionEntry) -> None:
    if bool(section.rows) == bool(section.field):
        raise WrongField(place, f"section {section.key}: give it rows, or a field, and not both")
    if (field := section.field) and field.guids and len(field.guids) != field.places:
        why = f"section {section.key}: {len(field.guids)} guids for {field.places} places"
        raise WrongField(f"{place}.field.guids", why)
    _once(f"{place}.rows", f"section {section.key}, row {{}}", (row.key for row in section.rows))
    for n, row in enumerate(section.rows):
        here, name = f"{place}.rows[{n}]", f"section {section.key}, row {row.key}"
        _check_standing(here, name, row)
        _check_numbers(here, name, row)
        _check_attributes(here, name, row)


def _check_standing(place: str, name: str, row: RowEntry) -> None:
    if (row.start is None) == (not row.spots):
        raise WrongField(place, f"{name}: give it from, step and count, or spots, and not both")
    if row.count > 1 and not any(row.step):
        raise WrongField(f"{place}.step", f"{name}: a step of nothing puts all seats on one spot")
    if row.centre and row.centre in (row.start, *row.spots):
        raise WrongField(f"{place}.centre", f"{name}: a seat stands on the centre of the bend")
    _once(f"{place}.gaps", f"{name}: a gap after {{}}", (str(gap.after) for gap in row.gaps))
    for gap in row.gaps:
        if gap.after >= row.size:
            raise WrongField(f"{place}.gaps", f"{name}: nobody sits beyond a gap after {gap.after}")


def _check_numbers(place: str, name: str, row: RowEntry) -> None:
    if min(row.numbered) < 1:
        raise WrongField(f"{place}.numbers", f"{name}: the numbers fall below 1")
    _once(f"{place}.numbers", f"{name}: number {{}}", map(str, row.numbered))
    for field in ("printed", "guids"):
        if (words := getattr(row, field)) and len(words) != row.size:
            why = f"{name}: {len(words)} {field} for {row.size} seats"
            raise WrongField(f"{place}.{field}", why)
    _once(f"{place}.printed", f"{name}: {{}} printed on a seat", row.printed)


def _check_attributes(place: str, name: str, row: RowEntry) -> None:
    restricted = tuple(number for entry in row.restricted for number in entry.numbers)
    named = {"wheelchair": row.wheelchair, "companion": row.companion, "restricted": restricted}
    known = set(row.numbered)
    for field, numbers in named.items():
        for number in numbers:
            if number not in known:
                raise WrongField(f"{place}.{field}", f"{name}: there is no number {number}")
    _check_companions(f"{place}.companion", name, row)


def _check_companions(place: str, name: str, row: RowEntry) -> None:
    """A companion sits beside a wheelchair place, with no aisle between."""
    aisles = {gap.after for gap in row.gaps}
    beside = [pair for n, pair in enumerate(pairwise(row.numbered), 1) if n not in aisles]
    for number in row.companion:
        others = {a + b - number for a, b in beside if number in (a, b)}
        if not others & set(row.wheelchair):
            raise WrongField(place, f"{name}: companion {number} is beside no wheelchair place")


def _guids(section: SectionEntry) -> Iterator[str]:
    for row in section.rows:
        yield from row.guids
    yield from section.field.guids if section.field else ()


def _once(place: str, name: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise WrongField(place, f"{name.format(key)} is there twice")
        seen.add(key)
