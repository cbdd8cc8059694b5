"""An order as its buyer may see it."""

from collections.abc import Container
from typing import Any

import sqlalchemy as sa
from typing_extensions import TypedDict

from ticketing.desk.db import Tx
from ticketing.foundation.clock import iso
from ticketing.foundation.money import Amount, amount
from ticketing.orders.queries import by_secret, lines
from ticketing.payments.queries import of_order, refunds
from ticketing.payments.returned import returned_of
from ticketing.programme.queries import zone_of
from ticketing.tickets.queries import SeatAnswer, seat_answer, status_of, tickets_of


class LineView(TypedDict):
    """face = paid + discount + funded. ``returned``: it was given up."""

    id: str
    seat: str
    section: str
    ticket_type: str
    face: Amount
    discount: Amount
    funded: Amount
    paid: Amount
    returned: bool


class PaymentView(TypedDict):
    gateway: str
    status: str
    amount: Amount
    settled_at: str | None


class RefundView(TypedDict):
    """``status``: owed, pending, succeeded, failed or paid_out."""

    reason: str
    status: str
    amount: Amount
    settled_at: str | None


class TicketView(TypedDict):
    """``number`` is short, to be read out; ``secret`` and ``url`` open the ticket's page."""

    number: str
    secret: str
    url: str
    seat: SeatAnswer
    status: str


class OrderView(TypedDict):
    number: str
    secret: str
    status: str
    placed_at: str
    pay_by: str
    total: Amount
    performance: str
    lines: list[LineView]
    payments: list[PaymentView]
    refunds: list[RefundView]
    tickets: list[TicketView]


def order_view(tx: Tx, secret: str, base_url: str) -> OrderView:
    order = by_secret(tx, secret)
    zone, gone = zone_of(tx, order.performance_id), returned_of(tx, order.id)
    return {
        "number": order.number,
        "secret": secret,
        "status": order.status,
        "placed_at": iso(order.placed_at, zone),
        "pay_by": iso(order.pay_by, zone),
        "total": amount(order.total, order.currency),
        "performance": order.performance_id,
        "lines": [line_view(line, order.currency, gone) for line in lines(tx, order.id)],
        "payments": [payment_view(row, zone) for row in of_order(tx, order.id)],
        "refunds": [refund_view(row, zone) for row in refunds(tx, order.id) if row.due],
        "tickets": [ticket_view(row, base_url) for row in tickets_of(tx, order.id)],
    }


def line_view(line: sa.Row[Any], coin: str, gone: Container[str]) -> LineView:
    return {
        "id": line.id,
        "seat": line.seat_id,
        "section": line.section,
        "ticket_type": line.ticket_type,
        "face": amount(line.face, coin),
        "discount": amount(line.discount, coin),
        "funded": amount(line.funded, coin),
        "paid": amount(line.paid, coin),
        "returned": line.id in gone,
    }


def payment_view(row: sa.Row[Any], zone: str) -> PaymentView:
    return {
        "gateway": row.gateway,
        "status": row.status,
        "amount": amount(row.amount, row.currency),
        "settled_at": iso(row.settled_at, zone) if row.settled_at else None,
    }


def refund_view(row: sa.Row[Any], zone: str) -> RefundView:
    return {
        "reason": row.reason,
        "status": row.status,
        "amount": amount(row.due, row.currency),
        "settled_at": iso(row.settled_at, zone) if row.settled_at else None,
    }


def ticket_view(row: sa.Row[Any], base_url: str) -> TicketView:
    return {
        "number": row.short,
        "secret": row.secret,
        "url": f"{base_url}/tickets/{row.secret}",
        "seat": seat_answer(row),
        "status": status_of(row),
    }
