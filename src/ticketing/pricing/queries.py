"""Questions about prices."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.pricing.models import EarlyPrice, Funder, Price, PriceBand, SectionBand, TicketType
from ticketing.pricing.set_prices import Band, Early, PriceEntry, PriceList, TicketTypeEntry
from ticketing.programme.models import Performance
from ticketing.seating.models import SectionRow


class Range(NamedTuple):
    """In fen: the lowest of all prices that anybody may pay, and the highest of the usual ticket, of which
    ``usual`` is the lowest."""

    lowest: int
    highest: int
    currency: str
    usual: int


def ticket_types(tx: Tx, performance_id: str) -> list[sa.Row[Any]]:
    """Return them with the fields of Kind, the usual one first."""
    query = sa.select(*(getattr(TicketType, field) for field in TicketTypeEntry._fields)).where(
        TicketType.performance_id == performance_id
    )
    return list(tx.execute(query.order_by(TicketType.position)))


def funders(tx: Tx) -> dict[str, sa.Row[Any]]:
    """Return every funder by its id."""
    return {row.id: row for row in tx.execute(sa.select(Funder.__table__))}


def funds(tx: Tx, performance_ids: Sequence[str]) -> bool:
    """Say whether a funder pays a part of any of their prices."""
    query = sa.select(Price.paid).where(Price.performance_id.in_(performance_ids), Price.funded > 0)
    return tx.execute(query.limit(1)).first() is not None


def ranges(tx: Tx, performance_ids: Iterable[str], now: int) -> dict[str, Range]:
    """Return what one pays now, early prices and all, by performance."""
    early = sa.case((EarlyPrice.paid < Price.paid, EarlyPrice.paid), else_=Price.paid)
    usual = sa.case((TicketType.position == 0, early))
    anybody = sa.case((TicketType.needs.is_(None), early))
    query = (
        sa.select(
            Price.performance_id,
            sa.func.min(anybody),
            sa.func.max(usual),
            Price.currency,
            sa.func.min(usual),
        )
        .join(
            TicketType,
            sa.and_(
                TicketType.performance_id == Price.performance_id,
                TicketType.key == Price.ticket_type,
            ),
        )
        .outerjoin(
            EarlyPrice,
            sa.and_(
                EarlyPrice.performance_id == Price.performance_id,
                EarlyPrice.band == Price.band,
                EarlyPrice.ticket_type == Price.ticket_type,
                EarlyPrice.until > now,
            ),
        )
        .where(Price.performance_id.in_(performance_ids))
        .group_by(Price.performance_id, Price.currency)
    )
    return {owner: Range(*rest) for owner, *rest in tx.execute(query)}


def price_list(tx: Tx, performance_id: str) -> PriceList:
    """Return the whole price list, bands and ticket types in their order."""

    def of(model: Any, *columns: Any) -> list[sa.Row[Any]]:
        query = sa.select(*columns).where(model.performance_id == performance_id)
        return list(tx.execute(query))

    bands = of(PriceBand, PriceBand.position, PriceBand.key, PriceBand.name)
    sections = tx.execute(  # of its own drawing: see ``fit``
        sa.select(SectionBand.band, SectionBand.section)
        .join(Performance, Performance.id == SectionBand.performance_id)
        .join(
            SectionRow,
            sa.and_(
                SectionRow.plan_id == Performance.plan_id, SectionRow.key == SectionBand.section
            ),
        )
        .where(SectionBand.performance_id == performance_id)
        .order_by(SectionRow.position)
    ).all()
    tags = of(Price, *(getattr(Price, field) for field in PriceEntry._fields))
    return PriceList(
        bands=[
            Band(band.key, band.name, [row.section for row in sections if row.band == band.key])
            for band in sorted(bands, key=lambda band: band.position)
        ],
        kinds=[TicketTypeEntry._make(row) for row in ticket_types(tx, performance_id)],
        tags=[PriceEntry._make(tag) for tag in tags],
        early=[
            Early._make(row)
            for row in of(EarlyPrice, *(getattr(EarlyPrice, f) for f in Early._fields))
        ],
    )


def as_of(prices: PriceList, now: int) -> PriceList:
    """Return the list with the prices of now: the early one where its time is not over."""
    early = {(each.band, each.ticket_type): each.paid for each in prices.early if now < each.until}

    def valid(tag: PriceEntry) -> PriceEntry:
        paid = min(early.get((tag.band, tag.ticket_type), tag.paid), tag.paid)
        return tag._replace(paid=paid, discount=tag.discount + tag.paid - paid)

    return replace(prices, tags=[valid(tag) for tag in prices.tags])
