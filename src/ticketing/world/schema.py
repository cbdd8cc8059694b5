"""What a fixture file of a whole festival says. ``demo: true`` marks what is invented."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.entries import Both, Strict
from ticketing.foundation.fixture_time import TimeText

Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Fen = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(gt=0)]


NOTHING = Both(zh="", en="")


class HouseEntry(Strict):
    name: Both
    organiser: Both
    contact: Both
    terms: Both
    zone: str
    demo: bool = False


class GateEntry(Strict):
    name: Slug  # unique in an installation
    label: Both


class HallEntry(Strict):
    slug: Slug
    name: Both
    plan: str  # a plan file, beside this one
    gates: list[GateEntry]


class VenueEntry(Strict):
    slug: Slug
    name: Both
    address: Both
    directions: Both
    zone: str
    halls: list[HallEntry]
    demo: bool = False


class FunderEntry(Strict):
    slug: Slug
    name: Both
    programme: Both
    cap: Fen | None = None  # for one performance
    demo: bool = False


class SeasonEntry(Strict):
    slug: Slug
    name: Both
    cry: Both
    blurb: Both
    demo: bool = False


class PersonEntry(Strict):
    slug: Slug
    name: Both
    pinyin: tuple[str, ...] = ()  # where the computed one is wrong: "da zhu"


class CreditEntry(Strict):
    person: Slug
    role: Both


class ProductionEntry(Strict):
    slug: Slug
    title: Both
    kind: Both
    synopsis: Both
    language: Both
    duration_minutes: Count
    poster: str  # a file in posters/
    interval_minutes: Annotated[int, Meta(ge=0)] = 0
    chapters: tuple[Both, ...] = ()
    pinyin: tuple[str, ...] = ()
    demo: bool = False
    credits: tuple[CreditEntry, ...] = ()


class RuleEntry(Strict):
    key: Slug
    name: Both
    text: Both


class RuleSet(Strict):
    """What a buyer should know before buying and before coming."""

    slug: Slug
    rules: list[RuleEntry]


class StepEntry(Strict):
    """Until so many hours before it begins a return costs so many percent of the price paid."""

    hours_before: Annotated[int, Meta(ge=0)]
    fee_percent: Annotated[int, Meta(ge=0, le=100)]


class LadderEntry(Strict):
    slug: Slug
    steps: list[StepEntry]


class BandEntry(Strict):
    key: Slug
    name: Both
    sections: list[str]  # of the plan


class TypeEntry(Strict):
    key: Slug
    name: Both
    note: Both = NOTHING


class PriceEntry(Strict):
    """In fen: face = paid + discount + funded."""

    band: Slug
    type: Slug
    face: Fen
    paid: Fen
    discount: Fen = 0
    funded: Fen = 0
    funder: Slug | None = None


class PriceListEntry(Strict):
    slug: Slug
    bands: list[BandEntry]
    ticket_types: list[TypeEntry]
    prices: list[PriceEntry]


class PartEntry(Strict):
    person: Slug
    role: Both
    note: Both = NOTHING


class PerformanceEntry(Strict):
    """Where times are relative, the slug ends in {date}, or {date}-{time}."""

    slug: Annotated[str, Meta(pattern="^[a-z0-9-]+(\\{date\\}(-\\{time\\})?)?$", max_length=60)]
    season: Slug
    production: Slug
    hall: Slug
    doors: TimeText
    starts: TimeText
    ends: TimeText
    sale_opens: TimeText
    sale_closes: TimeText
    capacity: Count
    most_per_order: Count
    rules: Slug
    refunds: Slug
    prices: Slug
    cast: tuple[PartEntry, ...] = ()
    demo: bool = False


class FestivalFile(Strict):
    house: HouseEntry
    venues: list[VenueEntry]
    seasons: list[SeasonEntry]
    productions: list[ProductionEntry]
    rules: list[RuleSet]
    refunds: list[LadderEntry]
    price_lists: list[PriceListEntry]
    performances: list[PerformanceEntry]
    funders: tuple[FunderEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()

    @property
    def halls(self) -> list[HallEntry]:
        return [hall for venue in self.venues for hall in venue.halls]


def json_schema() -> str:
    """Return the JSON Schema that an editor checks and completes the file with."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(FestivalFile),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
