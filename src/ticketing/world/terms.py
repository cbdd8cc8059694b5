"""What a fixture file says of prices, rules and returns. Money is fen."""

from typing import Annotated

from msgspec import Meta

from ticketing.foundation.entries import NOTHING, Both, Slug, Strict

Fen = Annotated[int, Meta(ge=0)]


class FunderEntry(Strict):
    slug: Slug
    name: Both
    programme: Both
    cap: Fen | None = None  # for one performance
    demo: bool = False


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
