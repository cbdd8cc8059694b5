"""What a festival's file says of prices, rules and returns. Money is in hundredths: cents, fen."""

from typing import Annotated, Literal

from msgspec import Meta

from ticketing.foundation.fixture_types import NOTHING, Both, Slug, Strict
from ticketing.world.entries import Demo

Fen = Annotated[
    int,
    Meta(
        ge=0, le=1_000_000_000,
        extra={"must": "a sum in cents (fen), without a point: 2400 for 24.00, up to 1000000000"},
    ),
]  # fmt: skip
Sum = Annotated[
    int,
    Meta(
        ge=1, le=1_000_000_000_000,
        extra={"must": "a sum in cents (fen), without a point and more than 0: 500000 for 5,000.00"},
    ),
]  # fmt: skip
Hours = Annotated[int, Meta(ge=0, le=26_280)]  # three years
Few = Annotated[int, Meta(ge=1, le=1000)]
Code = Annotated[
    str,
    Meta(
        pattern="^[0-9A-Z]{10}$",
        description="What buyers type: ten capital letters and digits. O and 0, I, L and 1, U and V are "
        "read alike.",
        extra={"must": "exactly ten signs, capital letters A to Z and digits, such as WINTER2027"},
    ),
]


class FunderEntry(Strict):
    """Who pays a part of the price for the audience."""

    slug: Slug
    name: Both
    programme: Annotated[Both, Meta(description="Under what name it pays.")]
    cap: Annotated[Sum | None, Meta(description="The most it pays in all, in cents.")] = None
    demo: Demo = False


class RuleEntry(Strict):
    """One rule, a line on the performance's page."""

    key: Slug
    name: Both
    text: Both


class RuleSet(Strict):
    """What a buyer should know before buying and before coming."""

    slug: Slug
    rules: list[RuleEntry]


class StepEntry(Strict):
    """Until so many hours before it begins a return costs so many percent of the price paid."""

    hours_before: Hours
    fee_percent: Annotated[int, Meta(ge=0, le=100)]


class LadderEntry(Strict):
    """What a return costs: steps from the earliest to hour 0, each as dear as the one before or dearer."""

    slug: Slug
    steps: Annotated[
        list[StepEntry],
        Meta(
            min_length=1,
            extra={"must": "a list of one step or more: [{hours_before: 0, fee_percent: 100}]"},
        ),
    ]


class BandEntry(Strict):
    """How desirable the seats are: sections of one price."""

    key: Slug
    name: Both
    sections: Annotated[
        list[str], Meta(description="Of the plan, by their keys; each in one band.")
    ]


class TypeEntry(Strict):
    """A ticket type: who pays. The first one is the usual ticket."""

    key: Slug
    name: Both
    note: Annotated[Both, Meta(description="What one should know of it.")] = NOTHING
    proof: Annotated[bool, Meta(description="To be shown at the door.")] = False
    child: Annotated[bool, Meta(description="For children, of whom the house has a rule.")] = False
    least: Annotated[Few | None, Meta(description="The fewest in one order.")] = None
    most: Annotated[Few | None, Meta(description="The most in one order.")] = None
    needs: Annotated[
        Literal["wheelchair"] | None,
        Meta(description="For each ticket one such place is in the order: for a companion."),
    ] = None
    sold_from_hours: Annotated[
        Hours | None, Meta(description="Sold from so many hours before it begins.")
    ] = None
    sold_until_hours: Annotated[
        Hours | None, Meta(description="Sold until so many hours before it begins.")
    ] = None


class EarlyEntry(Strict):
    """Until so many hours before it begins one pays so much; the rest is a discount."""

    until_hours: Hours
    paid: Fen


class PriceEntry(Strict):
    """What a ticket type costs in a band, in cents: face = paid + discount + funded."""

    band: Slug
    type: Slug
    face: Annotated[Fen, Meta(description="What the seat is worth.")]
    paid: Annotated[Fen, Meta(description="What one pays.")]
    discount: Annotated[Fen, Meta(description="What the house gives up.")] = 0
    funded: Annotated[Fen, Meta(description="What a funder pays.")] = 0
    funder: Annotated[Slug | None, Meta(description="The slug of one of `funders`.")] = None
    early: EarlyEntry | None = None


class PriceListEntry(Strict):
    """Bands, ticket types and the prices of the pairs that are sold."""

    slug: Slug
    bands: Annotated[
        list[BandEntry], Meta(min_length=1, extra={"must": "a list of one band or more"})
    ]
    ticket_types: Annotated[
        list[TypeEntry], Meta(min_length=1, extra={"must": "a list of one ticket type or more"})
    ]
    prices: Annotated[
        list[PriceEntry], Meta(min_length=1, extra={"must": "a list of one price or more"})
    ]


class PromotionEntry(Strict):
    """A code that makes tickets cheaper: by percent of what one pays, then by a sum, each."""

    code: Code
    name: Both
    percent: Annotated[int, Meta(ge=0, le=100)] = 0
    off: Annotated[Fen, Meta(description="In cents, off each ticket.")] = 0
    types: Annotated[tuple[Slug, ...], Meta(description="Ticket types it is for; none: all.")] = ()
    stacks: Annotated[
        bool, Meta(description="Also where the price is discounted or funded already.")
    ] = False
    budget: Annotated[Sum | None, Meta(description="How much it takes off in all, in cents.")] = (
        None
    )
    most_per_buyer: Annotated[Few | None, Meta(description="Orders of one buyer.")] = None
