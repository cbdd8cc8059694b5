"""What a fixture file says of prices, rules and returns. Money is hundredths: fen, cents."""

from typing import Annotated, Literal

from msgspec import Meta

from ticketing.foundation.entries import NOTHING, Both, Slug, Strict

Fen = Annotated[int, Meta(ge=0)]
Hours = Annotated[int, Meta(ge=0)]


class FunderEntry(Strict):
    slug: Slug
    name: Both
    programme: Both
    cap: Fen | None = None  # in all
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
    proof: bool = False  # to be shown at the door
    child: bool = False  # the door looks at the rule for children
    least: Annotated[int, Meta(gt=0)] | None = None  # in one order
    most: Annotated[int, Meta(gt=0)] | None = None
    needs: Literal["wheelchair"] | None = None  # one such place in the order for each ticket
    sold_from_hours: Hours | None = None  # before it begins
    sold_until_hours: Hours | None = None


class EarlyEntry(Strict):
    """Until so many hours before it begins one pays so much; the rest is a discount."""

    until_hours: Hours
    paid: Fen


class PriceEntry(Strict):
    """In fen: face = paid + discount + funded."""

    band: Slug
    type: Slug
    face: Fen
    paid: Fen
    discount: Fen = 0
    funded: Fen = 0
    funder: Slug | None = None
    early: EarlyEntry | None = None


class PriceListEntry(Strict):
    slug: Slug
    bands: list[BandEntry]
    ticket_types: list[TypeEntry]
    prices: list[PriceEntry]


class PromotionEntry(Strict):
    """A code of 10 characters: off each ticket ``percent``, then ``off`` in hundredths. ``types``: of tickets,
    empty for all."""

    code: Annotated[str, Meta(pattern="^[0-9A-HJKMNP-TV-Z]{10}$")]
    name: Both
    percent: Annotated[int, Meta(ge=0, le=100)] = 0
    off: Fen = 0
    types: tuple[Slug, ...] = ()
    stacks: bool = False
    budget: Fen | None = None
    most_per_buyer: Annotated[int, Meta(gt=0)] | None = None
