"""What a festival's file says of its house: a currency, a country and a colour that there are, and texts
in the languages it speaks.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import phonenumbers
from babel.core import get_global
from babel.numbers import get_currency_precision, get_territory_currencies
from msgspec import Struct, structs

from ticketing.foundation import accent
from ticketing.foundation.fixture_file import WrongField
from ticketing.foundation.fixture_types import NOTHING, Both
from ticketing.seating.plan import Plan
from ticketing.world.check import Found
from ticketing.world.entries import HouseEntry
from ticketing.world.schema import FestivalFile

LANGUAGES = {"zh": "Chinese", "en": "English"}


def check_house(file: FestivalFile) -> Found:
    house = file.house
    yield from check_currency(house.currency)
    if len(set(house.languages)) < len(house.languages):
        yield WrongField("house.languages", "names a language twice")
    if house.phone_country not in phonenumbers.SUPPORTED_REGIONS:
        yield WrongField("house.phone_country", f"{house.phone_country} is no country with phones")
    if accent.HEX.fullmatch(house.colour) and not accent.legible(house.colour):
        why = f"{house.colour} is too light: text of it, and white on it, need a contrast of 4.5:1"
        yield WrongField("house.colour", why)
    yield from check_desk(house)
    for place, text in texts(file, ""):
        for lang in spoken(house):
            if not getattr(text, lang).strip():
                why = f"is empty, and the house speaks {LANGUAGES[lang]}"
                yield WrongField(f"{place}.{lang}", why, place, "house.languages")


def spoken(house: HouseEntry) -> list[str]:
    """Return the languages in which texts are needed; another has been told of as what it is."""
    return [lang for lang in house.languages if lang in LANGUAGES]


def check_plans(file: FestivalFile, plans: Mapping[str, Plan]) -> Found:
    """What a buyer reads of a plan is in the house's languages, too."""
    for v, venue in enumerate(file.venues):
        for h, hall in enumerate(venue.halls):
            for section in plans[hall.slug].sections if hall.slug in plans else ():
                for lang in spoken(file.house):
                    if not section.name.get(lang):
                        why = f"section {section.key} has no name in {LANGUAGES[lang]}"
                        yield WrongField(f"venues[{v}].halls[{h}].plan", why, "house.languages")


def check_currency(currency: str) -> Found:
    countries = get_global("territory_currencies")
    if not any(currency in get_territory_currencies(each) for each in countries):
        why = f"{currency} is no currency that a country pays with, such as EUR"
        yield WrongField("house.currency", why)
    elif get_currency_precision(currency) != 2:
        why = f"{currency} is not counted in hundredths, and all amounts here are"
        yield WrongField("house.currency", why)


def check_desk(house: HouseEntry) -> Found:
    ways = [each.way for each in house.desk]
    for n, way in enumerate(ways):
        if way in ways[:n]:
            yield WrongField(f"house.desk[{n}].way", f"{way} is named twice")


def texts(value: Any, place: str) -> Iterator[tuple[str, Both]]:
    """Yield every text of the file by its place; what was left out and may be is none."""
    if isinstance(value, Both):
        if value is not NOTHING:
            yield place, value
    elif isinstance(value, Struct):
        for field in structs.fields(value):
            yield from texts(getattr(value, field.name), f"{place}.{field.name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for n, each in enumerate(value):
            yield from texts(each, f"{place}[{n}]")
