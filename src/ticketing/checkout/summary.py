"""What the checkout page shows: the seats of a hold, who pays for each, and the sum."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.inventory.hold_record import Held, HoldLapsed
from ticketing.inventory.queries import find_hold
from ticketing.pricing.conditions import on_sale
from ticketing.pricing.ladder import Step, steps
from ticketing.pricing.promotion import find, lower
from ticketing.pricing.queries import funders, ticket_types
from ticketing.pricing.quote import Quote, prices
from ticketing.programme.queries import by_id
from ticketing.seating.plan import Plan, Seat
from ticketing.seating.queries import plan as read_plan


class NothingToBuy(Refused):
    type = "nothing-to-buy"
    zh = "这一场现在没有可以买的票种，请联系主办方。什么都没有扣。"
    en = "No ticket type of this performance is on sale now: please write to us. Nothing was charged."


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """``options``: ticket type and price, the usual one first; ``kind``: the key of the chosen."""

    seat: Seat
    options: list[tuple[sa.Row[Any], Quote]]
    kind: str

    @property
    def quote(self) -> Quote:
        return next(quote for kind, quote in self.options if kind.key == self.kind)


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """Sums in fen. ``ladder``: what is left of the refund ladder."""

    show: sa.Row[Any]
    plan: Plan
    held: Held
    lines: list[SummaryLine]
    funders: dict[str, sa.Row[Any]]
    ladder: list[Step]
    promotion: sa.Row[Any] | None
    promotion_helps: bool

    def notes(self) -> list[sa.Row[Any]]:
        """Return the chosen ticket types that have something to say, once each."""
        chosen = {line.kind for line in self.lines}
        found = {kind.key: kind for line in self.lines for kind, _ in line.options}
        return [kind for key, kind in found.items() if key in chosen and any(kind.note.values())]

    @property
    def numbered(self) -> bool:
        return any(self.plan.section(line.seat.section).numbered for line in self.lines)

    @property
    def currency(self) -> str:
        return self.lines[0].quote.currency

    @property
    def total(self) -> int:
        return sum(line.quote.paid for line in self.lines)

    @property
    def discount(self) -> int:
        return sum(line.quote.discount for line in self.lines)

    def faces(self) -> list[tuple[int, int]]:
        """Return each face price and how many seats have it, the dearest first."""
        return sorted(Counter(line.quote.face for line in self.lines).items(), reverse=True)

    def support(self) -> list[tuple[sa.Row[Any], int]]:
        """Return each funder and what it pays."""
        funded: Counter[str] = Counter()
        for line in self.lines:
            if line.quote.funder_id:
                funded[line.quote.funder_id] += line.quote.funded
        return [(self.funders[key], part) for key, part in funded.items() if part]


def summary(tx: Tx, token: str, types: Mapping[str, str], code: str, now: int) -> OrderSummary:
    """``types``: ticket type by seat, the usual one where none is named; ``code``: a promotion's, which
    is left out where it is none. Raises HoldLapsed, NothingToBuy.
    """
    held = find_hold(tx, token, now)
    if not held.seats:
        raise HoldLapsed()
    show = by_id(tx, held.performance_id)
    plan, known = read_plan(tx, show.plan_id), prices(tx, show.id, now)
    kinds = [kind for kind in ticket_types(tx, show.id) if on_sale(kind, now)]
    promotion = None
    with suppress(Refused):
        promotion = find(tx, code, show.id, now) if code else None
    usual = known
    if promotion is not None:
        known = {of: lower(price, of[1], promotion) for of, price in known.items()}
    mine = set(held.seats)
    lines = [
        line_of(seat, [(kind, known[seat.section, kind.key]) for kind in kinds
                       if (seat.section, kind.key) in known], types.get(seat.id, ""))
        for seat in plan.seats if seat.id in mine
    ]  # fmt: skip
    helps = any(line.quote != usual[line.seat.section, line.kind] for line in lines)
    left = [step for step in steps(show.refund_ladder, show.starts_at) if step.until > now]
    return OrderSummary(show, plan, held, lines, funders(tx), left, promotion, helps)


def line_of(seat: Seat, options: list[tuple[sa.Row[Any], Quote]], wanted: str) -> SummaryLine:
    if not options:
        raise NothingToBuy()
    keys = [kind.key for kind, _ in options]
    return SummaryLine(seat, options, wanted if wanted in keys else keys[0])
