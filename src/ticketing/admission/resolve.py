"""What was held before the camera, or typed: find the ticket and lock it."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.gate_context import GateContext
from ticketing.admission.verdict import Code
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import normalise_short
from ticketing.orders.models import AWAITED, Order, OrderLine
from ticketing.payments.models import Dispute, Payment
from ticketing.pricing.models import TicketType
from ticketing.programme.models import Performance, Rotating
from ticketing.tickets.keys import Keyring
from ticketing.tickets.models import RELEASED, UNPAID, Ticket
from ticketing.tickets.rotating import Moment, gate_key, is_fresh, ticket_secret
from ticketing.tickets.sign import BrokenCode, ForgedCode, Reading, check, read


class TicketFacts(NamedTuple):
    """A ticket as the door needs it. ``standing``: live, unpaid, void or released."""

    id: str
    number: int
    short: str
    order_id: str
    performance_id: str
    plan_id: str
    seat_id: str
    issue: int
    proof: int  # of its type: to be shown
    child: int
    type_name: str | None  # JSON of Words; None: a free ticket
    standing: str


class Resolved(NamedTuple):
    """``code``: None for what is not ours; ``ticket``: None where we know none."""

    code: Code | None
    ticket: TicketFacts | None


DISPUTED = sa.exists().where(
    Payment.order_id == Ticket.order_id, Dispute.payment_id == Payment.id,
    Dispute.status == sa.literal_column("'open'"),
).correlate(Ticket)  # fmt: skip
RESERVED = sa.and_(
    Ticket.void_reason == sa.literal_column(f"'{UNPAID}'"),
    sa.exists().where(Order.id == Ticket.order_id, AWAITED).correlate(Ticket),
)
# A bank has taken the money back meanwhile, or it was reserved and is not paid for at the desk yet.
STANDING = sa.case(
    (sa.or_(RESERVED, DISPUTED), sa.text("'unpaid'")),
    (Ticket.void_reason == sa.literal_column(f"'{RELEASED}'"), sa.text(f"'{RELEASED}'")),
    (Ticket.voided_at.is_not(None), sa.text("'void'")),
    else_=sa.text("'live'"),
)
TICKET = (
    sa.select(
        Ticket.id, Ticket.number, Ticket.short, Ticket.order_id, Ticket.performance_id,
        Performance.plan_id, Ticket.seat_id, Ticket.issue,
        sa.func.coalesce(TicketType.proof, sa.text("0")),
        sa.func.coalesce(TicketType.child, sa.text("0")),
        sa.cast(TicketType.name, sa.Text), STANDING,
    )
    .join(Performance, Performance.id == Ticket.performance_id)
    .join(OrderLine, OrderLine.id == Ticket.line_id)
    .outerjoin(
        TicketType,
        sa.and_(
            TicketType.performance_id == Ticket.performance_id,
            TicketType.key == OrderLine.ticket_type,
        ),
    )
    .with_for_update(of=Ticket)
)  # fmt: skip
BY_ID = Statement(TICKET.where(Ticket.id == sa.bindparam("id")))
BY_NUMBER = Statement(TICKET.where(Ticket.number == sa.bindparam("number")))
BY_SHORT = Statement(
    TICKET.where(
        Ticket.performance_id == sa.bindparam("performance_id"),
        Ticket.short == sa.bindparam("short"),
    )
)


def resolve(
    tx: Tx, here: GateContext, text: str, keys: Keyring, *, at: int, vouched: bool
) -> Resolved:
    """``text`` is a signed code, or a short number, which is known in its own performance only.

    ``vouched``: whoever typed may say that its holder is the right one, where codes rotate.
    """
    try:
        short = normalise_short(text)
    except ValueError:
        return scanned(tx, here, text, keys, at)
    ticket = shown(tx.first(BY_SHORT, performance_id=here.performance_id, short=short))
    return Resolved(Code(fresh=vouched or here.rotating == Rotating.OFF), ticket)


def scanned(tx: Tx, here: GateContext, text: str, keys: Keyring, at: int) -> Resolved:
    try:
        reading = read(text)
        check(reading, keys.public)
    except (BrokenCode, ForgedCode):
        return Resolved(None, None)
    code = Code(
        reading.code.performance, reading.code.issue, fresh(reading, here, keys.secret_key, at)
    )
    return Resolved(code, shown(tx.first(BY_NUMBER, number=reading.code.ticket)))


def fresh(reading: Reading, here: GateContext, secret_key: str, at: int) -> bool:
    """Say whether the code is of this minute, or need not be."""
    if here.rotating == Rotating.OFF or reading.code.performance != here.rules.performance:
        return True
    if not reading.moment:
        return here.rotating == Rotating.PAPER
    key = gate_key(secret_key, reading.code.performance)
    secret = ticket_secret(key, reading.code.ticket, reading.code.issue)
    return is_fresh(Moment.read(reading.moment), secret, at)


def again(tx: Tx, ticket_id: str | None) -> TicketFacts | None:
    return shown(tx.first(BY_ID, id=ticket_id)) if ticket_id else None


def shown(row: tuple[object, ...] | None) -> TicketFacts | None:
    return TicketFacts._make(row) if row else None
