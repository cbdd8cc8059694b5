"""What a festival's file says of the house, its venues and what is played."""

from typing import Annotated, Any, Literal

from msgspec import Meta, to_builtins

from ticketing.foundation.fixture_types import Both, Slug, Strict
from ticketing.foundation.words import say

GATEWAYS = {"cash": "counter", "card": "desk_card", "code": "desk_qr"}  # by a way at the desk

Zone = Annotated[
    str,
    Meta(
        extra={"must": "a time zone by its IANA name, such as Asia/Shanghai or Europe/Brussels"},
    ),
]
Demo = Annotated[bool, Meta(description="Marks what is invented; leave it out for what is real.")]
Reading = Annotated[
    str,
    Meta(
        pattern=r"\S",
        max_length=200,
        description="How Chinese signs are read, where the computed pinyin is wrong: `da zhu`.",
        extra={"must": "the reading in pinyin, 200 signs at most, such as da zhu"},
    ),
]
Beside = Annotated[
    str,
    Meta(
        pattern="^[^/\\\\\x00][^\\\\\x00]*$",
        max_length=200,
        extra={"must": "the name of a file, beside this one or in a folder beside it"},
    ),
]


class DeskWay(Strict):
    """A way to pay at the desk: notes and coins, a card terminal, or a code that stands there."""

    way: Literal["cash", "card", "code"]
    name: Both


class TaxEntry(Strict):
    """What is said of tax below each total."""

    name: Annotated[Both, Meta(description="VAT, for one.")]
    rate: Annotated[float, Meta(ge=0, le=100, description="In percent.")]
    number: Annotated[str, Meta(max_length=60, description="The house's, as it is printed.")] = ""
    included: Annotated[bool, Meta(description="In the prices; else they are without it.")] = True


class HouseEntry(Strict):
    """Whose house it is: this stands on every page, letter and ticket."""

    name: Annotated[Both, Meta(description="What the festival or the house is called.")]
    organiser: Annotated[Both, Meta(description="Who is answerable for it, as in the imprint.")]
    contact: Annotated[Both, Meta(description="How to reach you: an address, a phone number.")]
    terms: Annotated[Both, Meta(description="The terms that a buyer agrees to.")]
    zone: Zone
    demo: Demo = False
    currency: Annotated[
        str,
        Meta(
            pattern="^[A-Z]{3}$",
            description="Of all prices, by its ISO 4217 code; of hundredths.",
            extra={"must": "the code of a currency, such as EUR or CNY"},
        ),
    ] = "CNY"
    languages: Annotated[
        tuple[Literal["zh", "en"], ...],
        Meta(
            min_length=1,
            description="Of its pages, the first one at /. A text is needed in each of these.",
            extra={"must": "a list of zh and en, or of one of them: [en]"},
        ),
    ] = ("zh", "en")
    phone_country: Annotated[
        str,
        Meta(
            pattern="^[A-Z]{2}$",
            description="Whose phone numbers are typed without a code: ISO 3166.",
            extra={"must": "the two letters of a country, such as BE or CN"},
        ),
    ] = "CN"
    mark: Annotated[
        str,
        Meta(
            pattern=r"^\S{0,3}$",
            description="One to three signs of its seal, else its initials.",
            extra={"must": "one to three signs, such as WT"},
        ),
    ] = ""
    colour: Annotated[
        str,
        Meta(
            pattern="^(#[0-9a-fA-F]{6})?$",
            description="The accent; dark enough for white text on it.",
            extra={"must": 'a colour in quotes, such as "#a01c2b"'},
        ),
    ] = ""
    order_prefix: Annotated[
        str,
        Meta(
            pattern="^[A-Z]{1,4}$",
            description="What each order's number begins with.",
            extra={"must": "one to four capital letters, such as NH"},
        ),
    ] = "NH"
    desk: Annotated[
        tuple[DeskWay, ...], Meta(description="How one pays at the desk; none: cash, and the code.")
    ] = ()
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
    """A door at which tickets are scanned."""

    name: Annotated[
        Slug, Meta(description="Unique in the whole file: it stands in the scanners' addresses.")
    ]
    label: Annotated[Both, Meta(description="What stands over it.")]
    sections: Annotated[
        tuple[Slug, ...],
        Meta(description="The plan's sections it leads to, by their keys; none: to all."),
    ] = ()


class HallEntry(Strict):
    """A room with one seating plan."""

    slug: Slug
    name: Both
    plan: Annotated[
        Beside, Meta(description="The plan's file, beside this one: `plans/hall.yaml`.")
    ]
    gates: Annotated[
        list[GateEntry],
        Meta(
            min_length=1,
            extra={"must": "a list of one gate or more: [{name: main, label: {zh: …, en: …}}]"},
        ),
    ]


class VenueEntry(Strict):
    """An address with one hall or more."""

    slug: Slug
    name: Both
    address: Both
    directions: Annotated[Both, Meta(description="How to find it, and where to roll in.")]
    zone: Zone
    halls: list[HallEntry]
    demo: Demo = False


class SeasonEntry(Strict):
    """An edition of the festival. They are shown in the order of the file."""

    slug: Slug
    name: Both
    cry: Annotated[Both, Meta(description="The big word on its page.")]
    blurb: Annotated[Both, Meta(description="Two sentences under it.")]
    demo: Demo = False


class PersonEntry(Strict):
    """Somebody who is named in credits or casts."""

    slug: Slug
    name: Both
    pinyin: tuple[Reading, ...] = ()


class CreditEntry(Strict):
    """Who made it."""

    person: Annotated[Slug, Meta(description="The slug of one of `persons`.")]
    role: Both


class ProductionEntry(Strict):
    """What is shown, whoever plays it and whenever."""

    slug: Slug
    title: Annotated[Both, Meta(description="Without marks: 《》 are put round the Chinese one.")]
    kind: Annotated[Both, Meta(description="Dance drama, concert, solo play …")]
    synopsis: Both
    language: Annotated[Both, Meta(description="What is spoken, and whether there are surtitles.")]
    duration_minutes: Annotated[int, Meta(ge=1, le=2880, description="Interval included.")]
    poster: Annotated[
        Beside,
        Meta(
            description="A picture in `posters/` beside this file, or beside it: PNG, JPEG, WebP or SVG, "
            "3 to 4, at least 600 wide, at most 4 MB. Left out: the page does without."
        ),
    ] = ""
    interval_minutes: Annotated[int, Meta(ge=0, le=600)] = 0
    chapters: Annotated[tuple[Both, ...], Meta(description="What its parts are called.")] = ()
    pinyin: Annotated[tuple[Reading, ...], Meta(description="As for persons, of the title.")] = ()
    demo: Demo = False
    credits: tuple[CreditEntry, ...] = ()
