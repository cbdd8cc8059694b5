"""A performance as the front shows it: what, who plays, what is left, from how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.inventory.seat_map import counts_taken
from ticketing.pricing.queries import Range, ranges
from ticketing.programme.on_sale import Sale, Terms
from ticketing.programme.queries import casts, makers, showings
from ticketing.seating.plan import Plan
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.queries import headcounts


class Status(StrEnum):
    """Can one buy it, and if not, why."""

    ON_SALE = "on_sale"
    NOT_YET = "not_yet"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    SOLD_OUT = "sold_out"


@dataclass(frozen=True)  # no slots: what follows from it is kept in the instance
class Listing:
    """``show`` is a row of ``programme.queries``; ``available`` and ``capacity`` count people."""

    show: Any
    cast: Sequence[Any]
    makers: Sequence[Any]
    plan: Plan
    prices: Range | None
    capacity: int
    available: int
    now: int

    @cached_property
    def status(self) -> Status:
        names = Terms.__dataclass_fields__
        sale = Terms(*(getattr(self.show, name) for name in names)).sale(self.now)
        if sale is Sale.OPEN:
            return Status.ON_SALE if self.available > 0 else Status.SOLD_OUT
        return Status(sale)

    @property
    def past(self) -> bool:
        return self.now >= int(self.show.ends_at)

    @property
    def demo(self) -> bool:
        """Say whether it is invented."""
        return bool(self.show.demo or self.show.production_demo)

    @property
    def free(self) -> bool:
        return self.prices is not None and self.prices.highest == 0

    @property
    def numbered(self) -> bool:
        return any(section.numbered for section in self.plan.sections)


def bill(tx: Tx, now: int) -> list[Listing]:
    """Return everything that was ever announced, by its start."""
    return listings(tx, showings(tx), now)


def listings(tx: Tx, shows: Sequence[sa.Row[Any]], now: int) -> list[Listing]:
    """Return the listing of each row; a handful of questions, however many they are."""
    ids = [show.id for show in shows]
    playing, making = casts(tx, ids), makers(tx, {show.production_id for show in shows})
    paid, taken, people = ranges(tx, ids, now), counts_taken(tx, ids, now), headcounts(tx, ids)
    found = []
    for show in shows:
        plan, house = read_plan(tx, show.plan_id), people.get(show.id)
        capacity, live = (house.approved, house.live) if house else (show.capacity, 0)
        free = min(len(plan.seats) - taken.get(show.id, 0), capacity - live)
        found.append(
            Listing(
                show, playing.get(show.id, []), making.get(show.production_id, []), plan,
                paid.get(show.id), capacity, max(free, 0), now,
            )
        )  # fmt: skip
    return found
