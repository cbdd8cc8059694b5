"""What a seat costs with a ticket type, now."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import BadInput, Refused
from ticketing.pricing.models import EarlyPrice, Price, SectionBand


class PriceChanged(Refused):
    """``total``: what it costs now, in fen."""

    type = "price-changed"
    zh = "价格和你看到的不同，请刷新后再确认。没有扣款。"
    en = "The price is not the one you were shown: please reload. Nothing was charged."


@dataclass(frozen=True, slots=True)
class Quote:
    """In fen: face = paid + discount + funded."""

    band: str
    face: int
    paid: int
    discount: int
    funded: int
    funder_id: str | None
    currency: str


PRICES = Statement(
    sa.select(
        SectionBand.section,
        Price.ticket_type,
        EarlyPrice.until,
        EarlyPrice.paid.label("early"),
        *(getattr(Price, f) for f in Quote.__dataclass_fields__),
    )
    .join_from(
        SectionBand,
        Price,
        sa.and_(Price.performance_id == SectionBand.performance_id, Price.band == SectionBand.band),
    )
    .outerjoin(
        EarlyPrice,
        sa.and_(
            EarlyPrice.performance_id == Price.performance_id,
            EarlyPrice.band == Price.band,
            EarlyPrice.ticket_type == Price.ticket_type,
        ),
    )
    .where(SectionBand.performance_id == sa.bindparam("performance_id"))
)


def prices(tx: Tx, performance_id: str, now: int) -> dict[tuple[str, str], Quote]:
    """Return every price of the performance by (section, ticket type)."""
    found = {}
    for section, kind, until, early, *rest in tx.all(PRICES, performance_id=performance_id):
        usual = Quote(*rest)
        found[section, kind] = cheaper(usual, early) if until and now < until else usual
    return found


def cheaper(price: Quote, paid: int) -> Quote:
    """Return the price of whoever pays less: the house bears the difference."""
    paid = max(0, min(paid, price.paid))
    return replace(price, paid=paid, discount=price.discount + price.paid - paid)


def quote(known: dict[tuple[str, str], Quote], section: str, ticket_type: str) -> Quote:
    try:
        return known[section, ticket_type]
    except KeyError:
        raise BadInput(
            "ticket_type", "这个座位没有这种票。", "There is no such ticket for this seat."
        ) from None
