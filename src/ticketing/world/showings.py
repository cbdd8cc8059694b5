"""Put on one performance of the file: its dates, cast, prices and approved number together."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.foundation.clock import HOUR, MINUTE, local
from ticketing.foundation.db import Tx
from ticketing.foundation.fixture_time import is_relative, resolve
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.pricing.fit import fitted
from ticketing.pricing.set_prices import Band, Early, Kind, PriceList, Tag, set_prices
from ticketing.programme.cast import Part, cast
from ticketing.programme.door_rules import STANDBY, set_door_rules
from ticketing.programme.models import Performance, Rotating
from ticketing.programme.schedule import Showing, schedule
from ticketing.tickets.headcount import approve
from ticketing.world.names import Ids, Names
from ticketing.world.schema import FestivalFile, PerformanceEntry
from ticketing.world.terms import PriceListEntry, TypeEntry

TOO_SOON = 10 * MINUTE  # what begins sooner is too late to try


class Dates(NamedTuple):
    slug: str
    doors_at: int
    starts_at: int
    ends_at: int
    sale_opens_at: int
    sale_closes_at: int
    returns_sold_at: int | None


def put_on(
    tx: Tx, entry: PerformanceEntry, file: FestivalFile, known: Names, *, by: str, now: int
) -> str:
    """Return the performance's id.

    Relative times are resolved once: while such a performance is still to come, it keeps the times
    at which its tickets are sold; once it is over, the entry means a new one.
    """
    zone = known.zones[entry.hall]
    dates = to_come(tx, entry, known, now) or dates_of(entry, zone, now)
    performance_id = schedule(tx, dates.slug, showing(entry, dates, file, known), by=by, now=now)
    parts = [Part(known.persons[p.person], p.role.words, p.note.words) for p in entry.cast]
    cast(tx, performance_id, parts, by=by, now=now)
    (listed,) = (prices for prices in file.price_lists if prices.slug == entry.prices)
    wanted = price_list(listed, known.funders, dates.starts_at, file.house.currency)
    if prices := fitted(tx, performance_id, wanted):
        set_prices(tx, performance_id, prices, by=by, now=now)
    approve(tx, performance_id, entry.capacity, by=by, now=now)
    if entry.late_breaks or entry.rotating != Rotating.OFF:
        rules = (entry.rotating, list(entry.late_breaks), STANDBY)
        set_door_rules(tx, performance_id, *rules, by=by, now=now)
    if dates.returns_sold_at is not None and dates.returns_sold_at > now:
        sell_returns_at(tx, performance_id, dates.returns_sold_at, by=by, now=now)
    return performance_id


def renew(
    tx: Tx, entry: PerformanceEntry, file: FestivalFile, known: Names, *, by: str, now: int
) -> None:
    """Put on a performance of relative times again if the last one is over."""
    if is_relative(entry.starts) and not to_come(tx, entry, known, now):
        put_on(tx, entry, file, known, by=by, now=now)


def to_come(tx: Tx, entry: PerformanceEntry, known: Names, now: int) -> Dates | None:
    """Return the dates of this relative entry's next performance, if there is one."""
    pattern = entry.slug.replace("{date}", "____-__-__").replace("{time}", "____")
    if pattern == entry.slug:
        return None
    found = tx.execute(
        sa.select(*(getattr(Performance, name) for name in Dates._fields))
        .where(
            Performance.season_id == known.seasons[entry.season],
            Performance.slug.like(pattern),
            Performance.starts_at >= now + TOO_SOON,
        )
        .order_by(Performance.starts_at)
        .limit(1)
    ).first()
    return Dates._make(found) if found else None


def dates_of(entry: PerformanceEntry, zone: str, now: int) -> Dates:
    starts_at = resolve(entry.starts, zone, now)
    begins = local(starts_at, zone)
    return Dates(
        slug=entry.slug.format(date=begins.date(), time=f"{begins:%H%M}"),
        doors_at=resolve(entry.doors, zone, now),
        starts_at=starts_at,
        ends_at=resolve(entry.ends, zone, now),
        sale_opens_at=resolve(entry.sale_opens, zone, now),
        sale_closes_at=resolve(entry.sale_closes, zone, now),
        returns_sold_at=resolve(entry.returns_sold, zone, now) if entry.returns_sold else None,
    )


def showing(entry: PerformanceEntry, dates: Dates, file: FestivalFile, known: Names) -> Showing:
    (rules,) = (blocks for blocks in file.rules if blocks.slug == entry.rules)
    (ladder,) = (ladder for ladder in file.refunds if ladder.slug == entry.refunds)
    return Showing(
        season_id=known.seasons[entry.season],
        production_id=known.productions[entry.production],
        hall_id=known.halls[entry.hall],
        plan_id=known.plans[entry.hall],
        doors_at=dates.doors_at,
        starts_at=dates.starts_at,
        ends_at=dates.ends_at,
        sale_opens_at=dates.sale_opens_at,
        sale_closes_at=dates.sale_closes_at,
        capacity=entry.capacity,
        most_per_order=entry.most_per_order,
        rules=[
            {"key": rule.key, "name": rule.name.words, "text": rule.text.words}
            for rule in rules.rules
        ],
        refund_ladder=[
            {"hours_before": step.hours_before, "fee_percent": step.fee_percent}
            for step in ladder.steps
        ],
        demo=entry.demo,
        most_per_buyer=entry.most_per_buyer,
        most_renewals=entry.most_renewals,
        most_holds_per_client=entry.most_holds_per_client,
        most_holds_per_network=entry.most_holds_per_network,
        reserve_minutes=entry.reserve_minutes,
    )


def price_list(entry: PriceListEntry, funders: Ids, starts_at: int, currency: str) -> PriceList:
    return PriceList(
        bands=[Band(band.key, band.name.words, band.sections) for band in entry.bands],
        kinds=[kind_of(kind, starts_at) for kind in entry.ticket_types],
        tags=[
            Tag(
                band=price.band, ticket_type=price.type, face=price.face, paid=price.paid,
                discount=price.discount, funded=price.funded, currency=currency,
                funder_id=funders[price.funder] if price.funder else None,
            )
            for price in entry.prices
        ],
        early=[
            Early(price.band, price.type, starts_at - price.early.until_hours * HOUR, price.early.paid)
            for price in entry.prices if price.early is not None
        ],
    )  # fmt: skip


def kind_of(kind: TypeEntry, starts_at: int) -> Kind:
    def before(hours: int | None) -> int | None:
        return None if hours is None else starts_at - hours * HOUR

    return Kind(
        kind.key, kind.name.words, kind.note.words, int(kind.proof), kind.least, kind.most,
        before(kind.sold_from_hours), before(kind.sold_until_hours), int(kind.child), kind.needs,
    )  # fmt: skip
