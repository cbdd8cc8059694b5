"""What the seat page shows: the states of the map, the tiers, and the rows as a list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.drawings.marks import PRICE_COLOURS, State
from ticketing.foundation.errors import NotFound
from ticketing.foundation.front import Front
from ticketing.foundation.words import Words
from ticketing.inventory.by_section import taken_by_section, taken_in
from ticketing.inventory.hold_record import Held
from ticketing.inventory.queries import find_hold
from ticketing.inventory.seat_map import availability
from ticketing.pricing.queries import ticket_types
from ticketing.pricing.quote import prices
from ticketing.programme.on_sale import Sale, terms
from ticketing.programme.queries import by_slug
from ticketing.seating.plan import Plan, Seat, Section
from ticketing.seating.queries import plan as read_plan
from ticketing.seating.section_plan import section_plan

SOLD: State = "sold"
HELD: State = "held"
MINE: State = "mine"


@dataclass(frozen=True, slots=True)
class Tier:
    """``price``: fen of the usual ticket; ``left``: seats that are free.

    ``colour``: of its price, from 1 for the dearest; 0 where its kind says it all.
    """

    section: Section
    price: int
    left: int
    colour: int = 0


@dataclass(frozen=True, slots=True)
class SeatsView:
    """``states`` by seat id, a seat not named is free; ``held``: the reader's own running hold.

    ``shown`` is what is drawn: the whole plan, one section of a large one, or None for its overview.
    """

    show: sa.Row[Any]
    sale: Sale
    plan: Plan
    shown: Plan | None
    tiers: list[Tier]
    currency: str
    states: dict[str, State]
    held: Held | None

    @property
    def numbered(self) -> bool:
        return any(tier.section.numbered for tier in self.legend)

    @property
    def left(self) -> int:
        return sum(tier.left for tier in self.tiers)

    @property
    def chosen(self) -> list[Seat]:
        mine = [seat for seat, state in self.states.items() if state == MINE]
        return [self.plan.by_id[seat] for seat in sorted(mine, key=self.plan.positions.__getitem__)]

    @property
    def elsewhere(self) -> list[Seat]:
        """Return the reader's seats that are not on this map."""
        return [seat for seat in self.chosen if self.shown and seat.id not in self.shown.by_id]

    @property
    def states_shown(self) -> dict[str, State]:
        """Return the states without those of seats that are not on this map."""
        away = {seat.id for seat in self.elsewhere}
        return {seat: state for seat, state in self.states.items() if seat not in away}

    def query(self, section: str) -> str:
        """Return the query of a section's page, the reader's hold with it."""
        named = {"section": section, "hold": self.held.token if self.held else ""}
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def section(self) -> str:
        """Return the key of the one section that is shown, "" for all of them."""
        return self.shown.sections[0].key if self.plan.large and self.shown else ""

    @property
    def first(self) -> int:
        """Return where the seats that are shown begin in the plan."""
        return self.plan.positions[self.shown.seats[0].id] if self.shown else 0

    @property
    def legend(self) -> list[Tier]:
        return [tier for tier in self.tiers if self.section in ("", tier.section.key)]

    def areas(self) -> list[tuple[Words, list[Tier]]]:
        """Return the tiers by the area of the house they are in."""
        return [
            (key, list(some)) for key, some in groupby(self.tiers, lambda tier: tier.section.area)
        ]

    def rows(self) -> list[tuple[Tier, list[Seat]]]:
        """Return the numbered seats row by row, each row with its tier."""
        tiers = {tier.section.key: tier for tier in self.tiers}
        seats = self.shown.seats if self.shown else ()
        rows = groupby(seats, key=lambda seat: (seat.section, seat.row))
        found = [(tiers[section], list(seats)) for (section, _), seats in rows if section in tiers]
        return [(tier, seats) for tier, seats in found if tier.section.numbered]

    @property
    def total(self) -> int:
        return self.sum_of(self.chosen)

    def sum_of(self, seats: Iterable[Seat]) -> int:
        return sum(self.price_of(seat) for seat in seats)

    def price_of(self, seat: Seat) -> int:
        return next(tier.price for tier in self.tiers if tier.section.key == seat.section)


def seats_view(tx: Tx, slug: str, token: str, now: int, section: str = "") -> SeatsView:
    """``token``: a hold of the reader's, or ""; what is over or another performance's is ignored.

    ``section``: which one of a large hall; an unknown one is ignored too.
    """
    show = by_slug(tx, slug)
    plan, held = read_plan(tx, show.plan_id), running(tx, token, show.id, now)
    shown = part(plan, section)
    states = states_now(tx, show.id, plan, shown, now)
    states |= dict.fromkeys(held.seats if held else [], MINE)
    taken = taken_by_section(tx, show.id, now) if plan.large else count(plan, states)
    tiers, currency = tiers_of(tx, show.id, plan, taken, now)
    sale = terms(tx, show.id).sale(now)
    return SeatsView(show, sale, plan, shown, tiers, currency, states, held)


def part(plan: Plan, section: str) -> Plan | None:
    """Return what is drawn of a plan; None for the overview of a large one."""
    if not plan.large:
        return plan
    return section_plan(plan, section) if section in plan.by_section else None


def running(tx: Tx, token: str, performance_id: str, now: int) -> Held | None:
    """Return the reader's hold for this performance while it runs."""
    try:
        held = find_hold(tx, token, now)
    except NotFound:
        return None
    return held if held.seats and held.performance_id == performance_id else None


def states_now(
    tx: Tx, performance_id: str, plan: Plan, shown: Plan | None, now: int
) -> dict[str, State]:
    """Return the states of the seats that are drawn."""
    if shown is None:
        return {}
    if shown is plan:
        found = availability(tx, performance_id, now)
        sold, held = found.sold, found.held
    else:
        sold, held = taken_in(tx, performance_id, plan.id, shown.sections[0].key, now)
    states: dict[str, State] = dict.fromkeys(sold, SOLD)
    return states | dict.fromkeys(held, HELD)


def count(plan: Plan, seats: Iterable[str]) -> Counter[str]:
    """Return how many of these seats are in each section."""
    return Counter(plan.by_id[seat].section for seat in seats)


def coloured(tiers: list[Tier]) -> list[Tier]:
    """Give the tiers their prices' colours where two of one kind differ in price."""
    kinds = {tier.section.kind for tier in tiers}
    if len({(tier.section.kind, tier.price) for tier in tiers}) == len(kinds):
        return tiers
    dearest = sorted({tier.price for tier in tiers}, reverse=True)
    return [replace(tier, colour=dearest.index(tier.price) % PRICE_COLOURS + 1) for tier in tiers]


def tiers_of(
    tx: Tx, performance_id: str, plan: Plan, taken: Counter[str], now: int
) -> tuple[list[Tier], str]:
    """Return the tiers that are on sale, and their currency."""
    known = prices(tx, performance_id, now)
    usual = next((kind.key for kind in ticket_types(tx, performance_id)), "")
    tiers = [
        Tier(section, known[section.key, usual].paid, section.capacity - taken[section.key])
        for section in plan.sections
        if (section.key, usual) in known
    ]
    currency = next((price.currency for price in known.values()), Front.house["currency"])
    return coloured(tiers), currency
