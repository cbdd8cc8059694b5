"""Who comes with a ticket: the others of its order, so that nine on one phone are one scan and one tap."""

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan
from ticketing.admission.present import Shown
from ticketing.foundation.db import Statement, Tx
from ticketing.tickets.models import Ticket

OUTSIDE = Statement(
    sa.select(Ticket.short, Ticket.seat_id)
    .where(
        Ticket.order_id == sa.bindparam("order_id"),
        Ticket.performance_id == sa.bindparam("performance_id"),
        Ticket.id != sa.bindparam("ticket_id"),
        Ticket.voided_at.is_(None),
        ~sa.exists().where(Scan.ticket_id == Ticket.id, CAME_IN),
    )
    .order_by(Ticket.id)
)


def party(tx: Tx, ticket: Shown) -> list[tuple[str, str]]:
    """Return short number and seat of the order's live tickets on which nobody came in yet."""
    rows = tx.all(
        OUTSIDE, order_id=ticket.order_id, performance_id=ticket.performance_id, ticket_id=ticket.id
    )
    return [(short, seat_id) for short, seat_id in rows]
