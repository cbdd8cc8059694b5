"""Say what a performance costs: its bands, its ticket types and the price of each pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Base, Tx
from ticketing.desk.diary import note
from ticketing.desk.upsert import keep_row, same_rows
from ticketing.foundation.errors import Refused
from ticketing.foundation.words import Words
from ticketing.pricing.models import (
    EarlyPrice,
    Funder,
    Price,
    PriceBand,
    SectionBand,
    TicketType,
)
from ticketing.programme.models import Performance
from ticketing.seating.models import SectionRow

OWN = sa.select(SectionRow.key).join(Performance, Performance.plan_id == SectionRow.plan_id)


class NoSuchSection(Refused):
    type = "no-such-section"
    zh = "这一场的座位图没有这些区：{sections}。"
    en = "The drawing of this performance has no section {sections}."


class Band(NamedTuple):
    key: str
    name: Words
    sections: Sequence[str]


class TicketTypeEntry(NamedTuple):
    """A ticket type: who pays. See the model for the conditions."""

    key: str
    name: Words
    note: Words
    proof: int = 0
    least: int | None = None
    most: int | None = None
    sold_from: int | None = None
    sold_until: int | None = None
    child: int = 0
    needs: str | None = None


class PriceEntry(NamedTuple):
    """A price in fen: face = paid + discount + funded."""

    band: str
    ticket_type: str
    face: int
    paid: int
    currency: str
    discount: int = 0
    funded: int = 0
    funder_id: str | None = None


class Early(NamedTuple):
    """What one pays before ``until``, ms, in fen."""

    band: str
    ticket_type: str
    until: int
    paid: int


@dataclass(frozen=True, slots=True)
class PriceList:
    bands: Sequence[Band]
    kinds: Sequence[TicketTypeEntry]
    tags: Sequence[PriceEntry]
    early: Sequence[Early] = ()


def name_funder(
    tx: Tx, slug: str, *, name: Words, programme: Words, cap: int | None, demo: bool,
    by: str, now: int,
) -> str:  # fmt: skip
    """Return the funder's id. ``cap`` is the most it pays in all, in fen."""
    values = {"name": name, "programme": programme, "cap": cap, "demo": int(demo)}
    return keep_row(tx, Funder, {"slug": slug}, values, by=by, now=now)


def set_prices(tx: Tx, performance_id: str, prices: PriceList, *, by: str, now: int) -> None:
    """Make this the whole price list. What was sold keeps the price that was shown.

    Raises NoSuchSection: bands are of the performance's own drawing, see ``fit``.
    """
    own = set(tx.execute(OWN.where(Performance.id == performance_id)).scalars())
    if strange := {key for band in prices.bands for key in band.sections} - own:
        raise NoSuchSection(sections=", ".join(sorted(strange)))
    owner = {"performance_id": performance_id}
    tables = rows_of(prices)
    if all(same_rows(tx, model, owner, [owner | row for row in rows]) for model, rows in tables):
        return
    for model, _ in reversed(tables):
        tx.execute(sa.delete(model).where(sa.column("performance_id") == performance_id))
    for model, rows in tables:
        if rows:
            tx.execute(sa.insert(model), [owner | row for row in rows])
    note(tx, "prices.set", performance_id, by=by, now=now)


def rows_of(prices: PriceList) -> list[tuple[type[Base], list[dict[str, Any]]]]:
    """Return the rows of each table; what others point to comes first."""
    bands, kinds = enumerate(prices.bands), enumerate(prices.kinds)
    return [
        (PriceBand, [{"key": b.key, "position": at, "name": b.name} for at, b in bands]),
        (SectionBand, [{"section": s, "band": b.key} for b in prices.bands for s in b.sections]),
        (TicketType, [{"position": at, **kind._asdict()} for at, kind in kinds]),
        (Price, [tag._asdict() for tag in prices.tags]),
        (EarlyPrice, [early._asdict() for early in prices.early]),
    ]
