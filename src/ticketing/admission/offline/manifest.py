"""What a device must know to decide without a line: a snapshot, and what changed since a cursor."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from ticketing.admission.gate_context import GateContext, gate_context
from ticketing.admission.history import MOVED, SEEN, seen
from ticketing.admission.models import Scan
from ticketing.admission.offline import sealed
from ticketing.admission.resolve import STANDING
from ticketing.admission.wording.seat_wording import pattern
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import unpadded
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.models import Dispute, Payment
from ticketing.pricing.models import TicketType
from ticketing.programme.models import Rotating
from ticketing.programme.queries import by_id
from ticketing.seating.plan import Plan, Seat
from ticketing.seating.queries import gates_for, plan
from ticketing.tickets.keys import Keyring
from ticketing.tickets.models import Ticket
from ticketing.tickets.rotating import gate_key
from ticketing.tickets.sign import TicketCode, signature

OVERLAP = 2 * MINUTE  # an act may be stored so long after its time: better told twice than never
STANDINGS = ("live", "unpaid", "void", "released")
ATTRIBUTES = ("wheelchair", "companion")

CHANGED_ORDERS = (
    sa.select(Order.id)
    .join(Ticket, Ticket.order_id == Order.id)
    .where(
        Ticket.performance_id == sa.bindparam("performance_id"),
        sa.or_(
            *(
                column >= sa.bindparam("since")
                for column in (
                    Ticket.issued_at, Ticket.voided_at, Order.paid_at, Order.lapsed_at, Order.cancelled_at,
                )
            ),
            sa.exists().where(
                Payment.order_id == Order.id, Dispute.payment_id == Payment.id,
                sa.or_(Dispute.opened_at >= sa.bindparam("since"), Dispute.decided_at >= sa.bindparam("since")),
            ),
        ),
    )
)  # fmt: skip
TICKETS = (
    sa.select(
        Ticket.order_id, Ticket.number, Ticket.short, Ticket.seat_id, Ticket.key_id, Ticket.issue,
        OrderLine.ticket_type, STANDING,
    )
    .join(OrderLine, OrderLine.id == Ticket.line_id)
    .where(Ticket.performance_id == sa.bindparam("performance_id"))
    .order_by(Ticket.order_id, Ticket.number)
)  # fmt: skip
ALL_TICKETS = Statement(TICKETS)
CHANGED_TICKETS = Statement(TICKETS.where(Ticket.order_id.in_(CHANGED_ORDERS)))
MOVES = (
    sa.select(Ticket.number, *SEEN)
    .join(Ticket, Ticket.id == Scan.ticket_id)
    .where(Scan.performance_id == sa.bindparam("performance_id"))
)
ALL_MOVES = Statement(MOVES.where(MOVED))
# of those that were asked and then told otherwise, what was told: whatever the verdict
CHANGED_MOVES = Statement(
    MOVES.where(
        sa.or_(Scan.received_at >= sa.bindparam("since"), Scan.undone_at >= sa.bindparam("since"))
    )
)
TYPES = sa.select(TicketType.key, TicketType.name, TicketType.proof, TicketType.child)


class TicketRow(NamedTuple):
    order_id: str
    number: int
    short: str
    seat_id: str
    key_id: int
    issue: int
    ticket_type: str
    standing: str


def manifest(
    tx: Tx, gate: str, performance_id: str, cursor: str, keys: Keyring, now: int
) -> dict[str, Any]:
    """``cursor``: what an earlier answer said; without one, or with one that is none, all is told."""
    here = gate_context(tx, gate, performance_id)
    full = not (cursor.isascii() and cursor.isdigit())
    since = 0 if full else max(0, int(cursor[:15]) - OVERLAP)
    room = plan(tx, here.plan_id)
    kinds = types(tx, performance_id)
    query = {"performance_id": performance_id} | ({} if full else {"since": since})
    rows = map(TicketRow._make, tx.all(ALL_TICKETS if full else CHANGED_TICKETS, **query))
    moves = tx.all(ALL_MOVES if full else CHANGED_MOVES, **query)
    number, show = here.rules.performance, by_id(tx, performance_id)
    told: dict[str, Any] = {
        "cursor": str(now), "as_of": now, "full": full,
        "performance": performance(show, here, keys),
        "gates": [
            {"name": each.name, "label": each.label, "sections": each.sections}
            for each in gates_for(tx, show.hall_id, room)
        ],
        "keys": {
            str(key_id): unpadded(public.public_bytes_raw()) for key_id, public in keys.public.items()
        },
        "types": kinds, "inside": here.inside,
        "orders": list(orders(rows, number, keys, Legend(room, kinds))),
        "scans": [[unpadded(sealed.index(number, row[0])), *seen(row[1:])] for row in moves],
    }  # fmt: skip
    if full:
        told |= legend(room)
    return told


def performance(show: sa.Row[Any], here: GateContext, keys: Keyring) -> dict[str, Any]:
    rules = here.rules
    told: dict[str, Any] = {
        "id": show.id, "slug": show.slug, "number": rules.performance, "title": show.title,
        "hall": show.hall_name, "zone": here.zone, "doors_at": rules.doors_at,
        "starts_at": rules.starts_at, "ends_at": rules.ends_at, "capacity": rules.capacity,
        "breaks": rules.breaks, "rotating": here.rotating,
    }  # fmt: skip
    if here.rotating != Rotating.OFF:
        told["gate_key"] = unpadded(gate_key(keys.secret_key, rules.performance))
    return told


def types(tx: Tx, performance_id: str) -> list[dict[str, Any]]:
    query = TYPES.where(TicketType.performance_id == performance_id).order_by(TicketType.position)
    return [
        {"key": key, "name": name, "proof": bool(proof), "child": bool(child)}
        for key, name, proof, child in tx.execute(query)
    ]


def legend(room: Plan) -> dict[str, Any]:
    """What the numbers in a sealed text mean: each row, its section, and how its seats are called."""
    rows = [
        {"section": seat.section, **pattern(seat, room.section(seat.section))}
        for seat in first_seats(room).values()
    ]
    return {"rows": rows}


def first_seats(room: Plan) -> dict[tuple[str, str], Seat]:
    """Return a seat of each row."""
    found: dict[tuple[str, str], Seat] = {}
    for seat in room.seats:
        found.setdefault((seat.section, seat.row), seat)
    return found


class Legend:
    """Numbers for what is said often."""

    def __init__(self, room: Plan, kinds: list[dict[str, Any]]) -> None:
        self.seats = room.by_id
        self.rows = {key: n for n, key in enumerate(first_seats(room))}
        self.kinds = {kind["key"]: n for n, kind in enumerate(kinds)}

    def line(self, ticket: TicketRow) -> list[Any]:
        """Return row, number, short number, type (-1: a free ticket), attributes."""
        seat = self.seats[ticket.seat_id]
        return [
            self.rows[seat.section, seat.row], seat.name,
            ticket.short, self.kinds.get(ticket.ticket_type, -1),
            [each for each in seat.attributes if each in ATTRIBUTES],
        ]  # fmt: skip


def orders(
    rows: Iterator[TicketRow], number: int, keys: Keyring, legend: Legend
) -> Iterator[list[Any]]:
    """Yield a handle, the sealed lines, and for each line how its ticket is found and opened."""
    for order_id, group in groupby(rows, key=lambda ticket: ticket.order_id):
        tickets = list(group)
        key = sealed.order_key(keys.secret_key, order_id)
        lines = msgspec.json.encode([legend.line(ticket) for ticket in tickets])
        yield [
            unpadded(sealed.handle(order_id)),
            unpadded(sealed.seal(key, lines)),
            [found(ticket, number, key, keys) for ticket in tickets],
        ]


def found(ticket: TicketRow, number: int, key: bytes, keys: Keyring) -> list[Any]:
    """Return the index, issue and standing, then a share for each issue there was, the first one first."""
    private = keys.private[ticket.key_id]
    shares = [
        unpadded(sealed.share(key, signature(TicketCode(ticket.key_id, number, ticket.number, issue), private)))
        for issue in range(1, ticket.issue + 1)
    ]  # fmt: skip
    index = unpadded(sealed.index(number, ticket.number))
    return [index, ticket.issue, STANDINGS.index(ticket.standing), *shares]
