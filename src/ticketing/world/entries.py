"""What a fixture file says of the house, its venues and what is played."""

from typing import Annotated

from msgspec import Meta

from ticketing.foundation.entries import Both, Slug, Strict


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
    sections: tuple[Slug, ...] = ()  # it leads to; none: to all


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
    duration_minutes: Annotated[int, Meta(gt=0)]
    poster: str  # a file in posters/
    interval_minutes: Annotated[int, Meta(ge=0)] = 0
    chapters: tuple[Both, ...] = ()
    pinyin: tuple[str, ...] = ()
    demo: bool = False
    credits: tuple[CreditEntry, ...] = ()
