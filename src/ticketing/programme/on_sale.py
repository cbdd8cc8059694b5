"""May this performance be sold now? Asked inside the transaction that takes a seat."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.clock import HOUR, MINUTE, instant, local, next_day
from ticketing.foundation.errors import NotFound, Refused
from ticketing.programme.models import Performance
from ticketing.venues.models import Hall, Venue

MORNING, EVENING = 10, 22  # o'clock: between them somebody may be at a desk
LONG = 12 * HOUR  # a shorter reservation is for who is on the way, whatever the hour


class Sale(StrEnum):
    """What stands in the way of a sale, or ``open``."""

    OPEN = "open"
    NOT_YET = "not_yet"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class NotOnSale(Refused):
    type = "not-on-sale"


class NotYetOnSale(NotOnSale):
    type = "sale-not-open"
    zh = "这一场还没有开售。"
    en = "The sale of this performance has not opened yet."


class SalePaused(NotOnSale):
    type = "sale-paused"
    zh = "这一场暂停售票，请稍后再来。"
    en = "Sales of this performance are paused: please come back later."


class SaleClosed(NotOnSale):
    type = "sale-closed"
    zh = "这一场已经停止售票。"
    en = "The sale of this performance has closed."


class PerformanceOver(SaleClosed):
    zh = "这一场已经演完。"
    en = "This performance is over."


class PerformanceCancelled(NotOnSale):
    type = "performance-cancelled"
    zh = "这一场已经取消。"
    en = "This performance has been cancelled."


REFUSALS = {
    Sale.NOT_YET: NotYetOnSale,
    Sale.PAUSED: SalePaused,
    Sale.CLOSED: SaleClosed,
    Sale.CANCELLED: PerformanceCancelled,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sale needs to know of its performance."""

    plan_id: str
    capacity: int
    most_per_order: int
    most_per_buyer: int
    most_renewals: int
    most_holds_per_client: int
    most_holds_per_network: int
    sale_opens_at: int
    sale_closes_at: int
    published_at: int | None
    paused_at: int | None
    cancelled_at: int | None
    ends_at: int

    def sale(self, now: int, *, at_desk: bool = False) -> Sale:
        """``at_desk``: who stands there may still come in until it ends."""
        if self.cancelled_at is not None:
            return Sale.CANCELLED
        if now >= (max(self.sale_closes_at, self.ends_at) if at_desk else self.sale_closes_at):
            return Sale.CLOSED
        if self.paused_at is not None:
            return Sale.PAUSED
        return Sale.OPEN if now >= self.sale_opens_at else Sale.NOT_YET


@dataclass(frozen=True, slots=True)
class SaleTerms(Terms):
    """``refund_ladder`` as JSON, which an order keeps; ``zone`` is the venue's."""

    doors_at: int
    reserve_minutes: int | None
    refund_ladder: str
    zone: str


def reserved_until(show: SaleTerms | sa.Row[Any], now: int) -> int | None:
    """Return until when seats reserved now have to be paid at the desk; None: they cannot be, or it is the
    last hour before the doors open.

    Nobody is at a desk in the night: what would end then ends at noon, later and never sooner.
    """
    if show.reserve_minutes is None or now > show.doors_at - HOUR:
        return None
    until = now + int(show.reserve_minutes) * MINUTE
    if until - now >= LONG:
        until = past_the_night(until, show.zone)
    return min(until, int(show.doors_at))


def past_the_night(at: int, zone: str) -> int:
    """Return noon after an instant between ten in the evening and ten in the morning, else the instant."""
    there = local(at, zone)
    if MORNING <= there.hour < EVENING:
        return at
    day = there.date() if there.hour < MORNING else next_day(there.date())
    return instant(datetime.combine(day, time(12), there.tzinfo))


def returns_wait_until(show: sa.Row[Any], now: int) -> int | None:
    """Return when what is returned is for sale again, where that is still ahead."""
    at: int | None = show.returns_sold_at
    return at if at is not None and at > now else None


FIND = Statement(
    sa.select(
        *(getattr(Performance, name) for name in Terms.__dataclass_fields__),
        Performance.doors_at,
        Performance.reserve_minutes,
        sa.cast(Performance.refund_ladder, sa.Text),
        Venue.zone,
    )
    .join_from(Performance, Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .where(Performance.id == sa.bindparam("id"))
)


def terms(tx: Tx, performance_id: str) -> SaleTerms:
    row = tx.first(FIND, id=performance_id)
    if row is None or (found := SaleTerms(*row)).published_at is None:
        raise NotFound()
    return found


def require_on_sale(
    tx: Tx, performance_id: str, now: int, *, at_desk: bool = False, held: bool = False
) -> SaleTerms:
    """Return the terms; raises what stands in the way. ``held``: the seats are a buyer's already, whom a pause
    lets finish.
    """
    found = terms(tx, performance_id)
    state = found.sale(now, at_desk=at_desk)
    if state is not Sale.OPEN and not (held and state is Sale.PAUSED):
        raise REFUSALS[state]()
    return found
