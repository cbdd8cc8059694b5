"""What a fixture file says of the house, its venues and what is played."""

from typing import Annotated, Any, Literal

from msgspec import Meta, to_builtins

from ticketing.foundation.entries import Both, Slug, Strict
from ticketing.foundation.words import say

GATEWAYS = {"cash": "counter", "card": "desk_card", "code": "desk_qr"}  # by a way at the desk


class DeskWay(Strict):
    """A way to pay at the desk: notes and coins, a card terminal, or a code that stands there."""

    way: Literal["cash", "card", "code"]
    name: Both


class TaxEntry(Strict):
    """What is said of tax below each total. ``number``: the house's, as it is printed."""

    name: Both  # VAT
    rate: Annotated[float, Meta(ge=0, le=100)]  # percent
    number: Annotated[str, Meta(max_length=60)] = ""
    included: bool = True  # in the prices; else they are without it


class HouseEntry(Strict):
    """``languages``: of its pages, the first one at /. ``phone_country``: ISO 3166, whose numbers are
    typed without a code. ``mark``: one to three signs of its seal, else its initials. ``colour``: the
    accent, as #rrggbb. ``order_prefix``: what each order's number begins with.
    """

    name: Both
    organiser: Both
    contact: Both
    terms: Both
    zone: str
    demo: bool = False
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")] = "CNY"
    languages: Annotated[tuple[Literal["zh", "en"], ...], Meta(min_length=1)] = ("zh", "en")
    phone_country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "CN"
    mark: Annotated[str, Meta(pattern=r"^\S{0,3}$")] = ""
    colour: Annotated[str, Meta(pattern="^(#[0-9a-fA-F]{6})?$")] = ""
    order_prefix: Annotated[str, Meta(pattern="^[A-Z]{1,4}$")] = "NH"
    desk: tuple[DeskWay, ...] = ()  # none: cash, and the desk's code
    tax: TaxEntry | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Return the columns of House."""
        texts = {"name": self.name, "organiser": self.organiser, "contact": self.contact}
        return {
            **{key: text.words for key, text in texts.items()},
            "terms": self.terms.words, "zone": self.zone, "demo": int(self.demo),
            "currency": self.currency, "languages": list(self.languages),
            "phone_country": self.phone_country, "mark": self.mark or initials(self.first_name),
            "colour": self.colour, "order_prefix": self.order_prefix,
            "desk_ways": {GATEWAYS[each.way]: each.name.words for each in self.desk},
            "tax": {**to_builtins(self.tax), "name": self.tax.name.words} if self.tax else {},
        }  # fmt: skip

    @property
    def first_name(self) -> str:
        return say(self.name.words, self.languages[0])


def initials(name: str) -> str:
    """Return what stands on the seal of a house that names no mark: WT, or 南湖."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() if name.isascii() else name[:2]


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
