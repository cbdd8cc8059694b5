"""An order as its buyer may see it."""

from typing import Any, TypedDict

import sqlalchemy as sa

from ticketing.foundation.clock import iso
from ticketing.foundation.db import Tx
from ticketing.foundation.money import Amount, amount
from ticketing.foundation.words import Words
from ticketing.orders.queries import by_secret, lines
from ticketing.payments.queries import of_order, refunds
from ticketing.programme.queries import zone_of
from ticketing.tickets.queries import tickets_of


class OrderView(TypedDict):
    number: str
    secret: str
    status: str
    placed_at: str
    pay_by: str
    total: Amount
    performance: str
    lines: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    refunds: list[dict[str, Any]]
    tickets: list[dict[str, Any]]


def order_view(tx: Tx, secret: str, base_url: str) -> OrderView:
    order = by_secret(tx, secret)
    zone = zone_of(tx, order.performance_id)
    coin = order.currency
    return {
        "number": order.number,
        "secret": secret,
        "status": order.status,
        "placed_at": iso(order.placed_at, zone),
        "pay_by": iso(order.pay_by, zone),
        "total": amount(order.total, coin),
        "performance": order.performance_id,
        "lines": [line_view(line, coin) for line in lines(tx, order.id)],
        "payments": [money_view(row, zone) | {"gateway": row.gateway, "status": row.status}
                     for row in of_order(tx, order.id)],
        "refunds": [money_view(row, zone) | {"reason": row.reason} for row in refunds(tx, order.id)],
        "tickets": [ticket_view(row, base_url) for row in tickets_of(tx, order.id)],
    }  # fmt: skip


def line_view(line: sa.Row[Any], coin: str) -> dict[str, Any]:
    money = {
        part: amount(getattr(line, part), coin) for part in ("face", "discount", "funded", "paid")
    }
    return {"seat": line.seat_id, "section": line.section, "ticket_type": line.ticket_type, **money}


def money_view(row: sa.Row[Any], zone: str) -> dict[str, Any]:
    settled = iso(row.settled_at, zone) if row.settled_at else None
    return {"amount": amount(row.amount, row.currency), "settled_at": settled}


def ticket_view(row: sa.Row[Any], base_url: str) -> dict[str, Any]:
    return {
        "number": row.short,
        "secret": row.secret,
        "url": f"{base_url}/tickets/{row.secret}",
        "seat": seat_view(row),
        "status": "void" if row.voided_at else "valid",
    }


def seat_view(row: sa.Row[Any]) -> dict[str, Any]:
    names: Words = row.row_name
    return {
        "id": row.seat_id, "section": row.section, "section_name": row.section_name,
        "row": row.row, "row_name": names, "number": row.seat_number,
    }  # fmt: skip
