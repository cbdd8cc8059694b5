"""What a fixture file of a whole festival says. ``demo: true`` marks what is invented."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.entries import NOTHING, Both, Slug, Strict
from ticketing.foundation.fixture_time import TimeText
from ticketing.programme.models import (
    MOST_HOLDS_PER_CLIENT,
    MOST_HOLDS_PER_NETWORK,
    MOST_PER_BUYER,
    MOST_RENEWALS,
    Rotating,
)
from ticketing.world.entries import (
    HallEntry,
    HouseEntry,
    PersonEntry,
    ProductionEntry,
    SeasonEntry,
    VenueEntry,
)
from ticketing.world.terms import FunderEntry, LadderEntry, PriceListEntry, PromotionEntry, RuleSet

Count = Annotated[int, Meta(ge=1)]


class PartEntry(Strict):
    person: Slug
    role: Both
    note: Both = NOTHING


class PerformanceEntry(Strict):
    """Where times are relative, the slug ends in {date}, or {date}-{time}.

    Of the limits, ``most_holds_...`` count the holds of the last hour that became no order. Seats can be
    reserved for so many ``reserve_minutes``, where any are named, to be paid at the desk. What is returned
    before ``returns_sold`` is for sale from then on. Latecomers are let in so many minutes after the start
    (``late_breaks``), where any are named.
    """

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
    most_per_buyer: Count = MOST_PER_BUYER
    most_renewals: Annotated[int, Meta(ge=0)] = MOST_RENEWALS
    most_holds_per_client: Count = MOST_HOLDS_PER_CLIENT
    most_holds_per_network: Count = MOST_HOLDS_PER_NETWORK
    reserve_minutes: Count | None = None
    returns_sold: TimeText | None = None
    late_breaks: tuple[Count, ...] = ()
    rotating: Rotating = Rotating.OFF
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
    promotions: tuple[PromotionEntry, ...] = ()
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
