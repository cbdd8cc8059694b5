"""Questions about tickets."""

import hmac
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from typing_extensions import TypedDict

from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import NotFound
from ticketing.foundation.words import Words
from ticketing.orders.models import TO_PAY, Order, OrderLine
from ticketing.programme.models import Performance
from ticketing.seating.models import SeatRow, SectionRow
from ticketing.tickets.models import UNPAID, Headcount, Ticket


class SeatAnswer(TypedDict):
    """Where one sits; names are in both languages."""

    id: str
    section: str
    section_name: Words
    row: str
    row_name: Words
    number: int


SEATED = (
    sa.select(
        Ticket.__table__, OrderLine.face, OrderLine.paid, OrderLine.funded, OrderLine.ticket_type,
        Performance.number.label("performance_number"), Performance.slug.label("performance_slug"),
        Performance.rotating,
        SeatRow.section, SeatRow.row, SeatRow.row_name, SeatRow.number.label("place"),
        sa.func.coalesce(
            sa.func.nullif(SeatRow.printed, ""), sa.cast(SeatRow.number, sa.String)
        ).label("seat_number"),
        SeatRow.kind, SectionRow.name.label("section_name"), SectionRow.numbered,
        Order.status.in_(TO_PAY).label("reserved"),
    )
    .join(OrderLine, OrderLine.id == Ticket.line_id)
    .join(Order, Order.id == Ticket.order_id)
    .join(Performance, Performance.id == Ticket.performance_id)
    .join(SeatRow, sa.and_(SeatRow.plan_id == Performance.plan_id, SeatRow.id == Ticket.seat_id))
    .join(
        SectionRow,
        sa.and_(SectionRow.plan_id == SeatRow.plan_id, SectionRow.key == SeatRow.section),
    )
)  # fmt: skip


def tickets_of(tx: Tx, order_id: str) -> list[sa.Row[Any]]:
    """Return an order's tickets with their seats, in the order of the plan."""
    query = SEATED.where(Ticket.order_id == order_id).order_by(SeatRow.position)
    return list(tx.execute(query))


def by_secret(tx: Tx, secret: str) -> sa.Row[Any]:
    """Return the ticket that this link opens, with its seat; NotFound for any other."""
    row = tx.execute(SEATED.where(Ticket.secret_digest == digest(secret))).first()
    if row is None or not hmac.compare_digest(row.secret.encode(), secret.encode()):
        raise NotFound()
    return row


def headcounts(tx: Tx, performance_ids: Iterable[str]) -> dict[str, sa.Row[Any]]:
    """Return approved and live, by performance."""
    query = sa.select(Headcount.__table__).where(Headcount.performance_id.in_(performance_ids))
    return {row.performance_id: row for row in tx.execute(query)}


def status_of(row: sa.Row[Any]) -> str:
    """Return valid, unpaid or void."""
    if row.voided_at is None:
        return "valid"
    return UNPAID if row.void_reason == UNPAID and row.reserved else "void"


def seat_answer(row: sa.Row[Any]) -> SeatAnswer:
    return {
        "id": row.seat_id, "section": row.section, "section_name": row.section_name,
        "row": row.row, "row_name": row.row_name, "number": row.place,
    }  # fmt: skip
