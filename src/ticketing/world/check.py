"""What a festival's file must say as a whole: each thing once, and whatever is named exists.

Each check yields what it finds, so that all is said in one run; see ``fixture_file.load``.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

from ticketing.foundation.fixture_file import WrongField
from ticketing.world.schema import FestivalFile

Found = Iterator[WrongField]


def check_names(file: FestivalFile) -> Found:
    yield from once("persons", [person.slug for person in file.persons])
    yield from once("venues", [venue.slug for venue in file.venues])
    yield from once("performances", [performance.slug for performance in file.performances])
    yield from once("funders", [funder.slug for funder in file.funders])
    for field, each in (
        ("seasons", file.seasons), ("productions", file.productions), ("rules", file.rules),
        ("refunds", file.refunds), ("price_lists", file.price_lists),
    ):  # fmt: skip
        yield from once(field, [entry.slug for entry in each])
    for n, rules in enumerate(file.rules):
        yield from once(f"rules[{n}].rules", [rule.key for rule in rules.rules])
    yield from check_references(file)
    yield from check_zones(file)


def check_references(file: FestivalFile) -> Found:
    persons = [person.slug for person in file.persons]
    targets = {
        "season": ("seasons", [season.slug for season in file.seasons]),
        "production": ("productions", [piece.slug for piece in file.productions]),
        "hall": ("venues", [hall.slug for hall in file.halls]),
        "rules": ("rules", [rules.slug for rules in file.rules]),
        "refunds": ("refunds", [ladder.slug for ladder in file.refunds]),
        "prices": ("price_lists", [prices.slug for prices in file.price_lists]),
    }
    for p, piece in enumerate(file.productions):
        for c, credit in enumerate(piece.credits):
            place = f"productions[{p}].credits[{c}].person"
            yield from known(place, credit.person, persons, "persons")
    for p, performance in enumerate(file.performances):
        for field, (source, names) in targets.items():
            place = f"performances[{p}].{field}"
            yield from known(place, getattr(performance, field), names, source)
        for c, part in enumerate(performance.cast):
            yield from known(f"performances[{p}].cast[{c}].person", part.person, persons, "persons")


def check_zones(file: FestivalFile) -> Found:
    places = [(f"venues[{v}].zone", venue.zone) for v, venue in enumerate(file.venues)]
    for place, zone in [("house.zone", file.house.zone), *places]:
        if not is_zone(zone):
            yield WrongField(place, f"{zone!r} is no time zone, such as Asia/Shanghai")


def is_zone(name: str) -> bool:
    return name in _zones()


@cache
def _zones() -> set[str]:
    return available_timezones()


def check_halls(file: FestivalFile) -> Found:
    """Halls, gates and plan files are there once in the whole file."""
    halls: list[str] = []
    gates: list[str] = []
    plans: list[str] = []
    for v, venue in enumerate(file.venues):
        yield from once(f"venues[{v}].halls", [hall.slug for hall in venue.halls], halls)
        halls += [hall.slug for hall in venue.halls]
        for h, hall in enumerate(venue.halls):
            place = f"venues[{v}].halls[{h}]"
            yield from once(f"{place}.plan", [hall.plan], plans, "")
            yield from once(f"{place}.gates", [gate.name for gate in hall.gates], gates)
            plans.append(hall.plan)
            gates += [gate.name for gate in hall.gates]


def known(field: str, name: str, names: Sequence[str], source: str) -> Found:
    """``source``: where in the file the names stand."""
    if name not in names:
        there = ", ".join(names) or f"nothing: {source} is empty"
        yield WrongField(field, f"{name!r} is none of {there}", source)


def once(field: str, names: Sequence[str], others: Sequence[str] = (), at: str = "[{}]") -> Found:
    """Each name stands once, and not among the others. Of a name that is lost nothing is said."""
    for n, name in enumerate(names):
        if name and (name in others or name in names[:n]):
            yield WrongField(field + at.format(n), f"there are two of the name {name!r}")
