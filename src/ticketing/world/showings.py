"""One performance of the file: when it is, on what terms, and what it costs."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR, MINUTE, local
from ticketing.foundation.fixture_time import is_relative, resolve
from ticketing.pricing.set_prices import Band, Early, PriceEntry, PriceList, TicketTypeEntry
from ticketing.programme.models import Performance, Season
from ticketing.world.schema import FestivalFile, PerformanceEntry
from ticketing.world.terms import TypeEntry

TOO_SOON = 10 * MINUTE  # what begins sooner is too late to try


class Dates(NamedTuple):
    slug: str
    doors_at: int
    starts_at: int
    ends_at: int
    sale_opens_at: int
    sale_closes_at: int
    returns_sold_at: int | None


def to_be(tx: Tx, entry: PerformanceEntry, file: FestivalFile, now: int) -> Dates:
    """Return when it is.

    Relative times are resolved once: while such a performance is still to come, it keeps the times
    at which its tickets are sold; once it is over, the entry means a new one.
    """
    (zone,) = (v.zone for v in file.venues for hall in v.halls if hall.slug == entry.hall)
    return to_come(tx, entry, now) or dates_of(entry, zone, now)


def to_come(tx: Tx, entry: PerformanceEntry, now: int) -> Dates | None:
    """Return the dates of this relative entry's next performance, if there is one."""
    if not is_relative(entry.starts):
        return None
    pattern = entry.slug.replace("{date}", "____-__-__").replace("{time}", "____")
    found = tx.execute(
        sa.select(*(getattr(Performance, name) for name in Dates._fields))
        .join(Season, Season.id == Performance.season_id)
        .where(
            Season.slug == entry.season,
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
    returns = resolve(entry.returns_sold, zone, now) if entry.returns_sold else None
    return Dates(
        slug=entry.slug.format(date=begins.date(), time=f"{begins:%H%M}"),
        doors_at=resolve(entry.doors, zone, now),
        starts_at=starts_at,
        ends_at=resolve(entry.ends, zone, now),
        sale_opens_at=resolve(entry.sale_opens, zone, now),
        sale_closes_at=resolve(entry.sale_closes, zone, now),
        returns_sold_at=returns,
    )


def performance_id(tx: Tx, slug: str) -> str | None:
    return tx.execute(
        sa.select(Performance.id).where(Performance.slug == slug)
    ).scalar_one_or_none()


def showing(entry: PerformanceEntry, file: FestivalFile, dates: Dates) -> dict[str, Any]:
    (rules,) = (blocks for blocks in file.rules if blocks.slug == entry.rules)
    (ladder,) = (ladder for ladder in file.refunds if ladder.slug == entry.refunds)
    return {
        "season": entry.season, "production": entry.production, "hall": entry.hall,
        **{field: at for field, at in dates._asdict().items() if field != "slug"},
        "capacity": entry.capacity, "most_per_order": entry.most_per_order,
        "rules": [
            {"key": rule.key, "name": rule.name.words, "text": rule.text.words}
            for rule in rules.rules
        ],
        "refund_ladder": [
            {"hours_before": step.hours_before, "fee_percent": step.fee_percent}
            for step in ladder.steps
        ],
        "demo": int(entry.demo),
        "most_per_buyer": entry.most_per_buyer, "most_renewals": entry.most_renewals,
        "most_holds_per_client": entry.most_holds_per_client,
        "most_holds_per_network": entry.most_holds_per_network,
        "reserve_minutes": entry.reserve_minutes,
    }  # fmt: skip


def price_list(entry: PerformanceEntry, file: FestivalFile, starts_at: int) -> PriceList:
    """Return its list of the file; a funder stands in it by its slug."""
    (listed,) = (prices for prices in file.price_lists if prices.slug == entry.prices)
    return PriceList(
        bands=[Band(band.key, band.name.words, band.sections) for band in listed.bands],
        kinds=[kind_of(kind, starts_at) for kind in listed.ticket_types],
        tags=[
            PriceEntry(
                band=price.band, ticket_type=price.type, face=price.face, paid=price.paid,
                discount=price.discount, funded=price.funded, currency=file.house.currency,
                funder_id=price.funder,
            )
            for price in listed.prices
        ],
        early=[
            Early(price.band, price.type, starts_at - price.early.until_hours * HOUR, price.early.paid)
            for price in listed.prices if price.early is not None
        ],
    )  # fmt: skip


def kind_of(kind: TypeEntry, starts_at: int) -> TicketTypeEntry:
    def before(hours: int | None) -> int | None:
        return None if hours is None else starts_at - hours * HOUR

    return TicketTypeEntry(
        kind.key, kind.name.words, kind.note.words, int(kind.proof), kind.least, kind.most,
        before(kind.sold_from_hours), before(kind.sold_until_hours), int(kind.child), kind.needs,
    )  # fmt: skip
