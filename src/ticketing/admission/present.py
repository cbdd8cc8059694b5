"""What was held before the camera, or typed: find the ticket and lock it."""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ticketing.admission.models import Verdict
from ticketing.foundation.codes import normalise_short
from ticketing.foundation.db import Statement, Tx
from ticketing.orders.models import AWAITED, Order
from ticketing.payments.models import Dispute, Payment
from ticketing.programme.models import Performance
from ticketing.tickets.models import UNPAID, Ticket
from ticketing.tickets.sign import BrokenCode, ForgedCode, verify

Keys = Mapping[int, Ed25519PublicKey]


class Shown(NamedTuple):
    """A ticket as the door needs it."""

    id: str
    short: str
    performance_id: str
    plan_id: str
    seat_id: str
    issue: int
    voided_at: int | None
    disputed: bool  # by a bank, which has taken the money back meanwhile
    reserved: bool  # and not paid for at the desk yet


class Presented(NamedTuple):
    """``issue`` is what the code says; without a ticket ``verdict`` says why there is none."""

    ticket: Shown | None
    issue: int
    verdict: Verdict


DISPUTED = sa.exists().where(
    Payment.order_id == Ticket.order_id, Dispute.payment_id == Payment.id,
    Dispute.status == sa.literal_column("'open'"),
)  # fmt: skip
RESERVED = sa.and_(
    Ticket.void_reason == sa.literal_column(f"'{UNPAID}'"),
    sa.exists().where(Order.id == Ticket.order_id, AWAITED),
)
TICKET = (
    sa.select(
        Ticket.id, Ticket.short, Ticket.performance_id, Performance.plan_id, Ticket.seat_id,
        Ticket.issue, Ticket.voided_at, DISPUTED.label("disputed"), RESERVED.label("reserved"),
    )
    .join(Performance, Performance.id == Ticket.performance_id)
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


def present(tx: Tx, performance_id: str, code: str, keys: Keys) -> Presented:
    """``code`` is a signed code, or a short number, which is known in its own performance only."""
    try:
        short = normalise_short(code)
    except ValueError:
        return scanned(tx, code, keys)
    ticket = shown(tx.first(BY_SHORT, performance_id=performance_id, short=short))
    return Presented(ticket, ticket.issue if ticket else 0, Verdict.UNKNOWN)


def scanned(tx: Tx, code: str, keys: Keys) -> Presented:
    """A rightly signed code whose ticket is missing here is unknown, never invalid."""
    try:
        signed = verify(code, keys)
    except (BrokenCode, ForgedCode):
        return Presented(None, 0, Verdict.INVALID)
    return Presented(
        shown(tx.first(BY_NUMBER, number=signed.ticket)), signed.issue, Verdict.UNKNOWN
    )


def again(tx: Tx, ticket_id: str | None) -> Shown | None:
    return shown(tx.first(BY_ID, id=ticket_id)) if ticket_id else None


def shown(row: tuple[object, ...] | None) -> Shown | None:
    return Shown._make(row) if row else None
