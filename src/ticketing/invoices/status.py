"""Requests for invoices: the only writer of their status. The tax office's own system issues them."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import NotFound, Refused
from ticketing.orders.models import InvoiceRequest, InvoiceStatus

S = InvoiceStatus
MOVES = {S.REQUESTED: {S.ISSUED, S.REFUSED}, S.REFUSED: {S.ISSUED}, S.ISSUED: set[InvoiceStatus]()}


class InvoiceIssued(Refused):
    type = "invoice-issued"
    zh = "发票已经开出，不能再改。请联系主办方。"
    en = "The invoice was issued and cannot be changed: please write to us."


def request_invoice(
    tx: Tx, order_id: str, title: str, tax_number: str, email: str, *, now: int
) -> None:
    """Ask for it, or correct what was asked for while it is not issued."""
    wish = {
        "title": title, "tax_number": tax_number, "email": email, "requested_at": now,
        "status": S.REQUESTED.value,
    }  # fmt: skip
    insert = INSERT[tx.dialect](InvoiceRequest).values(order_id=order_id, **wish)
    kept = insert.on_conflict_do_update(
        index_elements=[InvoiceRequest.order_id],
        set_=wish,
        where=InvoiceRequest.status != S.ISSUED.value,
    ).returning(InvoiceRequest.order_id)
    if tx.execute(kept).first() is None:
        raise InvoiceIssued()
    note(tx, "invoice.requested", order_id, by="buyer", now=now)


def settle_invoice(tx: Tx, order_id: str, to: InvoiceStatus, *, by: str, now: int) -> None:
    """Say that it was issued, or refused. Harmless when repeated; NotFound for what nobody asked."""
    row = request_of(tx, order_id)
    if row is None:
        raise NotFound()
    if to not in MOVES[InvoiceStatus(row.status)]:
        return
    mine = sa.and_(InvoiceRequest.order_id == order_id, InvoiceRequest.status == row.status)
    values = {"status": to.value, "settled_at": now, "settled_by": by}
    if tx.execute(sa.update(InvoiceRequest).where(mine).values(values)).rowcount:
        note(tx, f"invoice.{to}", order_id, by=by, now=now)


def request_of(tx: Tx, order_id: str) -> sa.Row[Any] | None:
    query = sa.select(InvoiceRequest.__table__).where(InvoiceRequest.order_id == order_id)
    return tx.execute(query).first()
