"""One performance in full: its page and its JSON say the same."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foyer.listing import Listing, listings
from ticketing.inventory.by_section import taken_by_section
from ticketing.pricing.ladder import Step, steps
from ticketing.pricing.queries import as_of, funders, price_list
from ticketing.pricing.set_prices import Band, PriceEntry, PriceList
from ticketing.programme.queries import by_id, by_slug, shown_again
from ticketing.seating.queries import gates_for
from ticketing.venues.queries import GateSign


@dataclass(frozen=True, slots=True)
class Night:
    """``left``: free seats by section; ``funders`` by id; ``others``: the same production, to come."""

    listing: Listing
    prices: PriceList
    funders: dict[str, Any]
    left: Counter[str]
    gates: list[GateSign]
    ladder: list[Step]
    others: list[Listing]

    def left_in(self, band: Band) -> int:
        """Return how many can still be bought in a band."""
        return min(sum(self.left[key] for key in band.sections), self.listing.available)

    def tag(self, band: str, kind: str) -> PriceEntry | None:
        """Return the price of a band with a ticket type, None where there is none."""
        wanted = (band, kind)
        return next((t for t in self.prices.tags if (t.band, t.ticket_type) == wanted), None)


def night_by_id(tx: Tx, performance_id: str, now: int) -> Night:
    return night(tx, by_id(tx, performance_id), now)


def night_by_slug(tx: Tx, slug: str, now: int) -> Night:
    return night(tx, by_slug(tx, slug), now)


def night(tx: Tx, show: sa.Row[Any], now: int) -> Night:
    this, *others = listings(tx, [show, *shown_again(tx, show, now)], now)
    taken = taken_by_section(tx, show.id, now)
    return Night(
        listing=this,
        prices=as_of(price_list(tx, show.id), now),
        funders=funders(tx),
        left=Counter({each.key: each.capacity - taken[each.key] for each in this.plan.sections}),
        gates=gates_for(tx, show.hall_id, this.plan),
        ladder=steps(show.refund_ladder, show.starts_at),
        others=others,
    )
