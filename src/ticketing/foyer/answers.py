"""What the front's JSON doors answer, as the schema describes it. Times carry the venue's offset."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foundation.money import Amount
from ticketing.foyer.listing import Status

Slug = Annotated[str, Meta(examples=["tiandishu-2026-05-23"])]
Id = Annotated[str, Meta(examples=["019a9c3e-7a10-7cc1-9d5e-2f6f0b8a4c11"])]
Time = Annotated[datetime, Meta(examples=["2026-05-23T15:00:00+08:00"])]


class Text(msgspec.Struct):
    """Text that people wrote, in both languages."""

    zh: Annotated[str, Meta(examples=["天地树"])]
    en: Annotated[str, Meta(examples=["Tree of Heaven and Earth"])]


class Named(msgspec.Struct):
    slug: str
    name: Text


class VenueAnswer(Named):
    address: Text
    zone: Annotated[str, Meta(examples=["Asia/Shanghai"])]


class ProductionAnswer(msgspec.Struct):
    slug: str
    title: Text
    kind: Text
    duration_minutes: Annotated[int, Meta(examples=[90])]
    interval_minutes: int
    language: Text
    poster: Annotated[str | None, Meta(examples=["/posters/tiandishu-0f3c5a9b7d21.svg"])]


class RoleAnswer(Named):
    """Who plays, or who made it. ``note``: what is special about it this time."""

    role: Text
    note: Text | None = None


class PerformanceAnswer(msgspec.Struct):
    """``available``: people who can still get a ticket now; ``demo``: it is invented."""

    id: Id
    slug: Slug
    url: Annotated[str, Meta(examples=["/performances/tiandishu-2026-05-23"])]
    status: Status
    starts_at: Time
    doors_at: Time
    ends_at: Time
    sale_opens_at: Time
    sale_closes_at: Time
    season: Named
    production: ProductionAnswer
    venue: VenueAnswer
    hall: Named
    cast: list[RoleAnswer]
    available: Annotated[int, Meta(ge=0)]
    capacity: Annotated[int, Meta(ge=1)]
    price_from: Amount | None
    demo: bool


class PlanRef(msgspec.Struct):
    """``url`` may be kept for ever: another version has another address."""

    id: Id
    version: int
    url: str


class SectionAnswer(msgspec.Struct):
    """A tier: one way of sitting. ``band`` is null where it is not for sale."""

    key: str
    name: Text
    note: Text
    kind: Annotated[str, Meta(description="cushion, stool, chair, tip-up or open")]
    numbered: bool
    capacity: int
    available: int
    band: str | None


class BandAnswer(msgspec.Struct):
    key: str
    name: Text
    sections: list[str]
    available: int


class TicketTypeAnswer(msgspec.Struct):
    """``id`` is what an order's lines name.

    ``proof``: it is shown at the door; ``least`` and ``most`` of it in one order, null: any.
    """

    id: Annotated[str, Meta(examples=["funded"])]
    name: Text
    note: Text
    proof: bool
    least: int | None
    most: int | None


class FunderAnswer(msgspec.Struct):
    slug: str
    name: Text
    programme: Text


class PriceAnswer(msgspec.Struct):
    """``face`` = ``paid`` + ``discount`` + ``funded``."""

    band: str
    ticket_type: str
    face: Amount
    paid: Amount
    discount: Amount
    funded: Amount
    funder: FunderAnswer | None


class RuleAnswer(msgspec.Struct):
    key: Annotated[str, Meta(examples=["children"])]
    name: Text
    text: Text


class StepAnswer(msgspec.Struct):
    """Before ``until`` a return costs ``fee_percent`` of what was paid."""

    until: Time
    hours_before: int
    fee_percent: Annotated[int, Meta(ge=0, le=100)]


class GateAnswer(msgspec.Struct):
    name: str
    label: Text


class PerformanceDetail(PerformanceAnswer):
    synopsis: Text
    chapters: list[Text]
    credits: list[RoleAnswer]
    most_per_order: int
    most_per_buyer: int
    plan: PlanRef
    sections: list[SectionAnswer]
    bands: list[BandAnswer]
    ticket_types: list[TicketTypeAnswer]
    prices: list[PriceAnswer]
    rules: list[RuleAnswer]
    refund_ladder: list[StepAnswer]
    gates: list[GateAnswer]
