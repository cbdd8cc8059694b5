"""Questions at the door: where one may stand, who is expected, who came when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from ticketing.admission.devices.device import Known
from ticketing.admission.gate_context import GateContext, gate_context, inside
from ticketing.admission.models import CAME_IN, Scan
from ticketing.admission.verdict import EARLY
from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR
from ticketing.foundation.codes import shown_short
from ticketing.orders.models import Order
from ticketing.programme.queries import by_slug, showings
from ticketing.seating.plan import Seat, Section
from ticketing.seating.queries import plan
from ticketing.tickets.models import Ticket
from ticketing.venues.queries import GateSign, gate, gates

CAME_AT = (
    sa.select(sa.func.min(Scan.at))
    .where(Scan.ticket_id == Ticket.id, CAME_IN)
    .correlate(Ticket)
    .scalar_subquery()
)
EXPECTED = (
    sa.select(
        Ticket.seat_id, Ticket.short, Order.buyer_name, Order.buyer_phone, Order.buyer_email,
        CAME_AT.label("came_at"),
    )
    .join(Order, Order.id == Ticket.order_id)
)  # fmt: skip
STILL_SHOWN = 24 * HOUR  # a performance that is over, for its list


@dataclass(frozen=True, slots=True)
class Choice:
    """A performance with the gates of its hall; ``open`` when tickets are let in now."""

    showing: sa.Row[Any]
    gates: list[GateSign]
    open: bool

    def for_device(self, device: Known | None) -> "Choice":
        """Return it with the gates at which a device may stand."""
        if device is None:
            return self
        bound = device.performances and self.showing.id not in device.performances
        gates = [] if bound else self.gates
        return replace(
            self, gates=[gate for gate in gates if not device.gates or gate.name in device.gates]
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """``next`` runs now or begins first; the others by their start."""

    next: Choice | None
    later: list[Choice]
    over: list[Choice]


@dataclass(frozen=True, slots=True)
class Door:
    context: GateContext
    sign: GateSign
    showing: sa.Row[Any]
    inside: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What may lie on paper at a door: 陈*, and four digits of the phone or two letters of the mail
    address, "" where none was left. ``came_at`` is when the ticket was let in."""

    seat: Seat
    section: Section
    number: str
    name: str
    contact: str
    came_at: int | None


def for_door(tx: Tx, now: int) -> Choices:
    doors = gates(tx)
    choices = [
        Choice(
            showing,
            [door for door in doors if door.hall_id == showing.hall_id],
            lets_in(showing, now),
        )
        for showing in showings(tx)
        if showing.ends_at > now - STILL_SHOWN
    ]
    to_come = [choice for choice in choices if choice.showing.ends_at >= now]
    over = [choice for choice in choices if choice.showing.ends_at < now]
    return Choices(to_come[0] if to_come else None, to_come[1:], over[::-1])


def lets_in(showing: sa.Row[Any], now: int) -> bool:
    return bool(showing.doors_at - EARLY <= now <= showing.ends_at)


def door(tx: Tx, gate_name: str, slug: str) -> Door:
    """Raises NotFound, GateOfAnotherHall."""
    showing = by_slug(tx, slug)
    here = gate_context(tx, gate_name, showing.id)
    return Door(here, gate(tx, gate_name), showing, inside(tx, showing.id))


def count(tx: Tx, gate_name: str, performance_id: str) -> tuple[int, int]:
    """Return who is inside, and the approved number."""
    here = gate_context(tx, gate_name, performance_id)
    return inside(tx, performance_id), here.rules.capacity


def door_list(
    tx: Tx, performance_id: str, plan_id: str, sections: Sequence[str] = ()
) -> list[list[Expected]]:
    """Return who holds a live ticket, row by row as the plan stands; of these ``sections``, where any are
    named."""
    room = plan(tx, plan_id)
    live = sa.and_(Ticket.performance_id == performance_id, Ticket.voided_at.is_(None))
    tickets = {ticket.seat_id: ticket for ticket in tx.execute(EXPECTED.where(live))}
    here = [seat for seat in room.seats if not sections or seat.section in sections]
    seats = [seat for seat in here if seat.id in tickets]
    return [
        [expected(seat, room.section(seat.section), tickets[seat.id]) for seat in row]
        for _, row in groupby(seats, key=lambda seat: (seat.section, seat.row))
    ]


def came_in(tx: Tx, order_id: str) -> set[str]:
    """Return the tickets of an order that were let in."""
    query = sa.select(Ticket.id).join(Scan, Scan.ticket_id == Ticket.id)
    return set(tx.execute(query.where(Ticket.order_id == order_id, CAME_IN)).scalars())


def expected(seat: Seat, section: Section, ticket: sa.Row[Any]) -> Expected:
    name = f"{ticket.buyer_name[0]}*" if ticket.buyer_name else ""
    mail = f"{ticket.buyer_email[:2]}…@" if ticket.buyer_email else ""
    contact = ticket.buyer_phone[-4:] or mail
    return Expected(seat, section, shown_short(ticket.short), name, contact, ticket.came_at)
