"""What funders owe: by funder and performance, from the tickets, and the same from the ledger."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.ledger.models import Account, Posting
from ticketing.orders.models import OrderLine
from ticketing.pricing.models import Funder, TicketType
from ticketing.programme.models import Performance, Production
from ticketing.reports.counts import live
from ticketing.settlement.models import Settlement
from ticketing.tickets.models import Ticket
from ticketing.venues.models import Hall, Venue


class ClaimLine(NamedTuple):
    """Live tickets of one performance and ticket type, in fen. ``over``: it was played, and is due."""

    title: Any
    starts_at: int
    zone: str
    ticket_type: Any
    tickets: int
    face: int
    paid: int
    funded: int
    over: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class FunderClaim:
    funder: Any
    lines: list[ClaimLine]

    @property
    def due(self) -> int:
        return sum(line.funded for line in self.lines if line.over)

    @property
    def to_come(self) -> int:
        return sum(line.funded for line in self.lines if not line.over)

    @property
    def tickets(self) -> int:
        return sum(line.tickets for line in self.lines)


@dataclass(frozen=True, slots=True)
class Claims:
    """``ledger``: what the books say that funders owe, in fen."""

    funders: list[FunderClaim]
    ledger: int

    @property
    def total(self) -> int:
        return sum(line.funded for claim in self.funders for line in claim.lines)


def claims(tx: Tx, now: int) -> Claims:
    lines: dict[str, list[ClaimLine]] = defaultdict(list)
    for row in claim_rows(tx, now):
        lines[row.funder_id].append(
            ClaimLine(
                row.title, row.starts_at, row.zone, row.type_name or {"zh": row.ticket_type},
                int(row.tickets), int(row.face), int(row.paid), int(row.funded),
                bool(row.ends_at <= now and row.cancelled_at is None), row.signed_at is not None,
            )
        )  # fmt: skip
    funders = tx.execute(sa.select(Funder.__table__).order_by(Funder.slug)).all()
    return Claims(
        [FunderClaim(funder, lines[funder.id]) for funder in funders], receivable(tx, now)
    )


def claim_rows(tx: Tx, now: int) -> Sequence[Any]:
    kind = sa.and_(
        TicketType.performance_id == OrderLine.performance_id,
        TicketType.key == OrderLine.ticket_type,
    )
    same = (
        OrderLine.funder_id, OrderLine.ticket_type, TicketType.position, Performance.id,
        Performance.starts_at, Performance.ends_at, Performance.cancelled_at, Production.id,
        Venue.zone, Settlement.signed_at,
    )  # fmt: skip
    return tx.execute(
        sa.select(
            *same, Production.title, TicketType.name.label("type_name"),
            sa.func.count().label("tickets"), sa.func.sum(OrderLine.face).label("face"),
            sa.func.sum(OrderLine.paid).label("paid"), sa.func.sum(OrderLine.funded).label("funded"),
        )
        .join_from(Ticket, OrderLine, OrderLine.id == Ticket.line_id)
        .join(Performance, Performance.id == Ticket.performance_id)
        .join(Production, Production.id == Performance.production_id)
        .join(Hall, Hall.id == Performance.hall_id)
        .join(Venue, Venue.id == Hall.venue_id)
        .outerjoin(TicketType, kind)
        .outerjoin(Settlement, Settlement.performance_id == Performance.id)
        .where(OrderLine.funded > 0, live(now))
        .group_by(*same, TicketType.performance_id, TicketType.key)
        .order_by(Performance.starts_at, Performance.id, TicketType.position)
    ).all()  # fmt: skip


def receivable(tx: Tx, now: int) -> int:
    owed = Account.SUBSIDY_RECEIVABLE
    side = sa.case((Posting.debit == owed, Posting.amount), else_=-Posting.amount)
    query = sa.select(sa.func.coalesce(sa.func.sum(side), 0)).where(
        sa.or_(Posting.debit == owed, Posting.credit == owed), Posting.at <= now
    )
    return int(tx.execute(query).scalar_one())
