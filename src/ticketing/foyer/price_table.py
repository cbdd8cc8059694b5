"""The prices of a performance as a table: a band in a row, a ticket type in a column."""

from dataclasses import dataclass

from ticketing.foundation.front import Front
from ticketing.foundation.words import Words
from ticketing.foyer.night import Night
from ticketing.pricing.set_prices import Band, PriceEntry, TicketTypeEntry
from ticketing.seating.plan import Kind as SeatKind


@dataclass(frozen=True, slots=True)
class Row:
    """``paid`` stands in the order of the columns; ``usual`` is the price of the first ticket type."""

    name: Words
    kind: SeatKind
    paid: list[int | None]
    usual: PriceEntry | None
    left: int


@dataclass(frozen=True, slots=True)
class PriceTable:
    """``columns``: the usual ticket type and the one at face price, the dearest first; ``others`` stand
    below, each with what it costs by band. ``face``: no column shows the face price itself.
    """

    columns: list[TicketTypeEntry]
    rows: list[Row]
    others: list[tuple[TicketTypeEntry, list[tuple[Words, int]]]]
    usual: str
    currency: str
    face: bool
    funders: list[Words]

    @property
    def funded(self) -> bool:
        return bool(self.funders)


def price_table(night: Night) -> PriceTable:
    kinds, tags = night.prices.kinds, night.prices.tags
    full = {kind.key for kind in kinds} - {tag.ticket_type for tag in tags if tag.paid != tag.face}
    paying = {tag.funder_id: night.funders[tag.funder_id].name for tag in tags if tag.funder_id}
    usual = kinds[0].key if kinds else ""
    known = sorted(kinds, key=lambda kind: -dearest(night, kind))
    columns = [kind for kind in known if kind.key in {usual, *full}]
    return PriceTable(
        columns=columns,
        rows=[row(night, band, columns, usual) for band in night.prices.bands if band.sections],
        others=[(kind, costs(night, kind)) for kind in known if kind not in columns],
        usual=usual,
        currency=tags[0].currency if tags else Front.house["currency"],
        face=not full,
        funders=list(paying.values()),
    )


def dearest(night: Night, kind: TicketTypeEntry) -> int:
    return max((tag.paid for tag in night.prices.tags if tag.ticket_type == kind.key), default=0)


def costs(night: Night, kind: TicketTypeEntry) -> list[tuple[Words, int]]:
    priced = [(band.name, night.tag(band.key, kind.key)) for band in night.prices.bands]
    return [(name, tag.paid) for name, tag in priced if tag]


def row(night: Night, band: Band, columns: list[TicketTypeEntry], usual: str) -> Row:
    tags = [night.tag(band.key, kind.key) for kind in columns]
    return Row(
        name=band.name,
        kind=night.listing.plan.section(band.sections[0]).kind,
        paid=[tag.paid if tag else None for tag in tags],
        usual=night.tag(band.key, usual),
        left=night.left_in(band),
    )
