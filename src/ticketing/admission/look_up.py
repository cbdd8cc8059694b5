"""Find a ticket for somebody whose phone is dead: by its number or the order's, by phone, mail or name."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.admission.queries import CAME_AT
from ticketing.admission.resolve import STANDING
from ticketing.desk.db import Tx
from ticketing.foundation.codes import normalise_short
from ticketing.foundation.errors import BadInput
from ticketing.orders.meant import PHONE_TAIL
from ticketing.orders.meant import meant as meant_of_orders
from ticketing.orders.models import Order
from ticketing.seating.plan import Seat, Section
from ticketing.seating.queries import plan
from ticketing.tickets.models import Ticket

MOST_FOUND = 40

TICKETS = (
    sa.select(
        Ticket.number, Ticket.short, Ticket.seat_id, Ticket.order_id, Order.buyer_name,
        Order.buyer_phone, Order.buyer_email, Order.number.label("order_number"),
        STANDING.label("standing"), CAME_AT.label("came_at"),
    )
    .join(Order, Order.id == Ticket.order_id)
    .order_by(Ticket.order_id, Ticket.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """``name`` is whole: a supervisor compares it with a card; ``contact`` is the phone's or mail's end."""

    number: int
    short: str
    seat: Seat
    section: Section
    name: str
    contact: str
    standing: str
    came_at: int | None
    order_id: str
    order_number: str
    email: str


def look_up(tx: Tx, performance_id: str, plan_id: str, words: str) -> list[Found]:
    """Return the tickets that are meant, at most ``MOST_FOUND``, order by order."""
    here = Ticket.performance_id == performance_id
    return found(tx, plan_id, TICKETS.where(here, meant(words)).limit(MOST_FOUND))


def guests(tx: Tx, performance_id: str, plan_id: str) -> list[Found]:
    """Return every live ticket of a performance, order by order."""
    here = Ticket.performance_id == performance_id
    return found(tx, plan_id, TICKETS.where(here, Ticket.voided_at.is_(None)))


def found(tx: Tx, plan_id: str, query: sa.Select[Any]) -> list[Found]:
    room = plan(tx, plan_id)
    return [
        Found(
            row.number, row.short, room.by_id[row.seat_id],
            room.section(room.by_id[row.seat_id].section), row.buyer_name,
            row.buyer_phone[-PHONE_TAIL:] or row.buyer_email, row.standing, row.came_at, row.order_id,
            row.order_number, row.buyer_email,
        )
        for row in tx.execute(query)
    ]  # fmt: skip


def meant(words: str) -> sa.ColumnElement[bool]:
    """Read what was typed: what ``orders.meant`` says of the order, or a ticket's number."""
    meanings = meant_of_orders(words)
    with suppress(ValueError):
        meanings.append(Ticket.short == normalise_short(words))
    if not meanings:
        raise BadInput(
            "q",
            "请输入票号、订单号、手机后四位、邮箱或姓名。",
            "Type a ticket's or order's number, the last four digits of a phone, a mail address or a name.",
        )
    return sa.or_(*meanings)
