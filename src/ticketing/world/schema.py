"""What the file of a whole festival says; docs/festival-file.md is made from it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.fixture_time import TimeText
from ticketing.foundation.fixture_types import NOTHING, Both, Slug, Strict
from ticketing.programme.models import (
    MOST_HOLDS_PER_CLIENT,
    MOST_HOLDS_PER_NETWORK,
    MOST_PER_BUYER,
    MOST_RENEWALS,
    Rotating,
)
from ticketing.world.entries import (
    Demo,
    HallEntry,
    HouseEntry,
    PersonEntry,
    ProductionEntry,
    SeasonEntry,
    VenueEntry,
)
from ticketing.world.terms import FunderEntry, LadderEntry, PriceListEntry, PromotionEntry, RuleSet

Tickets = Annotated[int, Meta(ge=1, le=1000)]
Holds = Annotated[int, Meta(ge=1, le=10_000_000)]
MOST_BREAKS = 12


class PartEntry(Strict):
    """Who plays, and what is special about it this time."""

    person: Annotated[Slug, Meta(description="The slug of one of `persons`.")]
    role: Both
    note: Annotated[Both, Meta(description="Such as: first time in the lead.")] = NOTHING


class PerformanceEntry(Strict):
    """One dated showing. All of its times are relative (`today+2 19:30`, `now+40m`), or none."""

    slug: Annotated[
        str,
        Meta(
            pattern="^[a-z0-9-]+(\\{date\\}(-\\{time\\})?)?$",
            max_length=60,
            description="Its address. Where times are relative it ends in `{date}` or `{date}-{time}`.",
            extra={
                "must": "small letters, digits and hyphens, 60 at most, such as hamlet-2027-01-16"
            },
        ),
    ]
    season: Annotated[Slug, Meta(description="The slug of one of `seasons`.")]
    production: Annotated[Slug, Meta(description="The slug of one of `productions`.")]
    hall: Annotated[Slug, Meta(description="The slug of a hall of one of `venues`.")]
    doors: Annotated[TimeText, Meta(description="When the doors open, at the venue.")]
    starts: TimeText
    ends: TimeText
    sale_opens: TimeText
    sale_closes: Annotated[
        TimeText, Meta(description="After the sale opens, at the latest at the end.")
    ]
    capacity: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="The approved number of people, at most the plan's places.",
        ),
    ]
    most_per_order: Tickets
    rules: Annotated[Slug, Meta(description="The slug of one of `rules`.")]
    refunds: Annotated[Slug, Meta(description="The slug of one of `refunds`.")]
    prices: Annotated[Slug, Meta(description="The slug of one of `price_lists`.")]
    most_per_buyer: Annotated[
        Tickets, Meta(description="Tickets of one contact, over all orders.")
    ] = MOST_PER_BUYER
    most_renewals: Annotated[
        int, Meta(ge=0, le=100, description="How often a buyer may keep the seats a little longer.")
    ] = MOST_RENEWALS
    most_holds_per_client: Annotated[
        Holds, Meta(description="Holds of the last hour that became no order, of one browser.")
    ] = MOST_HOLDS_PER_CLIENT
    most_holds_per_network: Annotated[
        Holds, Meta(description="The same of one network, which may be a whole school.")
    ] = MOST_HOLDS_PER_NETWORK
    reserve_minutes: Annotated[
        Annotated[int, Meta(ge=1, le=43_200)] | None,
        Meta(description="So long seats wait for a payment at the desk; left out: never."),
    ] = None
    returns_sold: Annotated[
        TimeText | None, Meta(description="What is returned before is for sale from then on.")
    ] = None
    late_breaks: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=2880)], ...],
        Meta(
            max_length=MOST_BREAKS,
            description="Minutes after the start at which latecomers are let in; none: at any time.",
            extra={"must": "a list of at most 12 numbers, the minutes after the start: [22, 45]"},
        ),
    ] = ()
    rotating: Annotated[
        Rotating,
        Meta(
            description="Whether the code changes while it is looked at: `off`, `strict`, or `paper`: what "
            "was printed is good too."
        ),
    ] = Rotating.OFF
    cast: tuple[PartEntry, ...] = ()
    demo: Demo = False


class FestivalFile(Strict):
    """A whole festival: the house, what is played where and when, and what it costs."""

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
