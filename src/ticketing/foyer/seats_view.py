"""What the seat page shows: the states of the map, the tiers, and the rows as a list."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.inventory.held import Held
from ticketing.inventory.queries import find_hold
from ticketing.inventory.seat_map import availability
from ticketing.pricing.queries import ticket_types
from ticketing.pricing.quote import prices
from ticketing.programme.on_sale import Sale, terms
from ticketing.programme.queries import by_slug
from ticketing.venues.marks import State
from ticketing.venues.plan import Plan, Seat, Section
from ticketing.venues.queries import plan as read_plan

SOLD: State = "sold"
HELD: State = "held"
MINE: State = "mine"


@dataclass(frozen=True, slots=True)
class Tier:
    """``price``: fen of the usual ticket; ``left``: seats that are free."""

    section: Section
    price: int
    left: int


@dataclass(frozen=True, slots=True)
class SeatsView:
    """``states`` by seat id, a seat not named is free; ``held``: the reader's own running hold."""

    show: sa.Row[Any]
    sale: Sale
    plan: Plan
    tiers: list[Tier]
    currency: str
    states: dict[str, State]
    held: Held | None

    @property
    def numbered(self) -> bool:
        return any(tier.section.numbered for tier in self.tiers)

    @property
    def left(self) -> int:
        return sum(tier.left for tier in self.tiers)

    @property
    def chosen(self) -> list[Seat]:
        return [seat for seat in self.plan.seats if self.states.get(seat.id) == MINE]

    def rows(self) -> list[tuple[Tier, list[Seat]]]:
        """Return the numbered seats row by row, each row with its tier."""
        tiers = {tier.section.key: tier for tier in self.tiers}
        rows = groupby(self.plan.seats, key=lambda seat: (seat.section, seat.row))
        found = [(tiers[section], list(seats)) for (section, _), seats in rows if section in tiers]
        return [(tier, seats) for tier, seats in found if tier.section.numbered]

    @property
    def total(self) -> int:
        return sum(self.price_of(seat) for seat in self.chosen)

    def price_of(self, seat: Seat) -> int:
        return next(tier.price for tier in self.tiers if tier.section.key == seat.section)


def seats_view(tx: Tx, slug: str, token: str, now: int) -> SeatsView:
    """``token``: a hold of the reader's, or ""; what is over or another performance's is ignored."""
    show = by_slug(tx, slug)
    plan, held = read_plan(tx, show.plan_id), running(tx, token, show.id, now)
    states = states_now(tx, show.id, held, now)
    tiers, currency = tiers_of(tx, show.id, plan, states)
    sale = terms(tx, show.id).sale(now)
    return SeatsView(show, sale, plan, tiers, currency, states, held)


def running(tx: Tx, token: str, performance_id: str, now: int) -> Held | None:
    """Return the reader's hold for this performance while it runs."""
    try:
        held = find_hold(tx, token, now)
    except NotFound:
        return None
    return held if held.seats and held.performance_id == performance_id else None


def states_now(tx: Tx, performance_id: str, held: Held | None, now: int) -> dict[str, State]:
    found = availability(tx, performance_id, now)
    states: dict[str, State] = dict.fromkeys(found.sold, SOLD)
    states |= dict.fromkeys(found.held, HELD)
    return states | dict.fromkeys(held.seats if held else [], MINE)


def tiers_of(
    tx: Tx, performance_id: str, plan: Plan, states: dict[str, State]
) -> tuple[list[Tier], str]:
    """Return the tiers that are on sale, and their currency."""
    known = prices(tx, performance_id)
    usual = next((kind.key for kind in ticket_types(tx, performance_id)), "")
    left = Counter(seat.section for seat in plan.seats if seat.id not in states)
    tiers = [
        Tier(section, known[section.key, usual].paid, left[section.key])
        for section in plan.sections
        if (section.key, usual) in known
    ]
    return tiers, next((price.currency for price in known.values()), "CNY")
