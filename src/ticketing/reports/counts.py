"""Counts from rows, as of a moment, of as many performances as are asked: one statement each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import Scan, Verdict
from ticketing.desk.db import Tx
from ticketing.inventory.models import AllocatedSeat, Allocation, PerformanceSeat
from ticketing.orders.models import Order, OrderLine
from ticketing.pricing.models import TicketType
from ticketing.programme.models import Performance
from ticketing.seating.models import SeatRow
from ticketing.tickets.models import UNPAID, Ticket

Ids = Sequence[str]  # of performances


class Part(NamedTuple):
    """Live tickets of one kind, and their money in fen: face = discount + funded + paid."""

    section: str
    ticket_type: str
    channel: str
    tickets: int
    face: int
    discount: int
    funded: int
    paid: int


class KeptCounts(NamedTuple):
    """Seats of a section that are neither sold nor for sale: the house's by what they are kept for, and
    buyers' holds."""

    kinds: Mapping[str, int] = {}
    held: int = 0

    @property
    def allocated(self) -> int:
        return sum(self.kinds.values())


def live(as_of: int) -> sa.ColumnElement[bool]:
    """Say that a ticket let its holder in at that moment."""
    not_yet_void = sa.or_(Ticket.voided_at.is_(None), Ticket.voided_at > as_of)
    return sa.and_(Ticket.issued_at <= as_of, not_yet_void)


def sold(tx: Tx, ids: Ids, as_of: int) -> dict[str, list[Part]]:
    """Return the parts of each performance, the usual ticket type and the channel online first."""
    kind = (OrderLine.section, OrderLine.ticket_type, Order.channel)
    money = (OrderLine.face, OrderLine.discount, OrderLine.funded, OrderLine.paid)
    rows = tx.execute(
        sa.select(Ticket.performance_id, *kind, sa.func.count(), *map(sa.func.sum, money))
        .join(OrderLine, OrderLine.id == Ticket.line_id)
        .join(Order, Order.id == Ticket.order_id)
        .outerjoin(
            TicketType,
            sa.and_(
                TicketType.performance_id == OrderLine.performance_id,
                TicketType.key == OrderLine.ticket_type,
            ),
        )
        .where(Ticket.performance_id.in_(ids), live(as_of))
        .group_by(Ticket.performance_id, *kind, TicketType.position)
        .order_by(OrderLine.section, TicketType.position, Order.channel.desc())
    )
    found: dict[str, list[Part]] = defaultdict(list)
    for performance, section, ticket_type, channel, *numbers in rows:
        found[performance].append(Part(section, ticket_type, channel, *map(int, numbers)))
    return found


def kept(tx: Tx, ids: Ids, as_of: int) -> dict[tuple[str, str], KeptCounts]:
    """Return what is kept by (performance, section). Holds that are over left no row to count."""
    seat = PerformanceSeat
    held = tx.execute(
        sa.select(seat.performance_id, SeatRow.section, sa.func.count())
        .join(SeatRow, sa.and_(SeatRow.plan_id == seat.plan_id, SeatRow.id == seat.seat_id))
        .where(
            seat.performance_id.in_(ids), seat.order_id.is_(None), seat.allocation.is_(None),
            seat.held_until > as_of, seat.changed_at <= as_of,
        )
        .group_by(seat.performance_id, SeatRow.section)
    )  # fmt: skip
    holds = {(performance, section): int(count) for performance, section, count in held}
    kinds = allocated(tx, ids, as_of)
    return {
        where: KeptCounts(kinds.get(where, {}), holds.get(where, 0))
        for where in holds.keys() | kinds.keys()
    }


def allocated(tx: Tx, ids: Ids, as_of: int) -> dict[tuple[str, str], dict[str, int]]:
    """Count what allocations had at that moment, by (performance, section) and kind."""
    its = AllocatedSeat
    rows = tx.execute(
        sa.select(
            Allocation.performance_id, SeatRow.section, Allocation.kind, sa.func.count()
        )
        .join_from(its, Allocation, Allocation.id == its.allocation_id)
        .join(Performance, Performance.id == Allocation.performance_id)
        .join(SeatRow, sa.and_(SeatRow.plan_id == Performance.plan_id, SeatRow.id == its.seat_id))
        .where(
            Allocation.performance_id.in_(ids), its.kept_at <= as_of,
            sa.or_(its.released_at.is_(None), its.released_at > as_of),
        )
        .group_by(Allocation.performance_id, SeatRow.section, Allocation.kind)
    )  # fmt: skip
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for performance, section, kind, count in rows:
        found[performance, section][kind] = int(count)
    return found


def arrived(tx: Tx, ids: Ids, as_of: int) -> dict[tuple[str, str], int]:
    """Count the live tickets that were let in, as far as it was known then, by (performance, section): a
    device without a network tells us later."""
    rows = tx.execute(
        sa.select(Ticket.performance_id, OrderLine.section, sa.func.count(Ticket.id.distinct()))
        .join(OrderLine, OrderLine.id == Ticket.line_id)
        .join(Scan, Scan.ticket_id == Ticket.id)
        .where(Ticket.performance_id.in_(ids), live(as_of))
        .where(Scan.verdict == Verdict.ADMITTED, Scan.received_at <= as_of)
        .where(sa.or_(Scan.undone_at.is_(None), Scan.undone_at > as_of))
        .group_by(Ticket.performance_id, OrderLine.section)
    )
    return {(performance, section): count for performance, section, count in rows}


def returned(tx: Tx, ids: Ids, as_of: int) -> dict[str, int]:
    """Count the tickets that were void by then, by performance."""
    rows = tx.execute(
        sa.select(Ticket.performance_id, sa.func.count().label("void"))
        .where(Ticket.performance_id.in_(ids), Ticket.voided_at <= as_of)
        .where(Ticket.void_reason != UNPAID)
        .group_by(Ticket.performance_id)
    )
    return {row.performance_id: row.void for row in rows}
