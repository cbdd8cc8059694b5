"""What can be invoiced of an order: what was paid less what went back."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.clock import iso
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.money import plain
from ticketing.foundation.sheet import as_csv
from ticketing.foundation.words import choose, title
from ticketing.invoices.status import request_invoice, request_of
from ticketing.invoices.tax_number import tax_number
from ticketing.orders.models import InvoiceRequest, Order
from ticketing.orders.queries import by_secret
from ticketing.payments.models import Payment, PaymentStatus, Refund
from ticketing.programme.queries import by_id as performance_by_id


class NothingToInvoice(Refused):
    type = "nothing-to-invoice"
    zh = "这个订单没有可以开票的金额。"
    en = "Nothing was paid for this order that could be invoiced."


PERSON, COMPANY = "person", "company"  # who an invoice is for


def invoice_wish(kind: str, title: str, number: str, *, country: str) -> tuple[str, str]:
    """Return the name and the tax number for an invoice, "" for a person's; BadInput says what lacks."""
    if kind not in (PERSON, COMPANY):
        raise BadInput(
            "kind", "请选个人或企业。", "Please say whether it is for a person or a company."
        )
    if not title:
        raise BadInput("title", "请填发票抬头。", "Please give the name for the invoice.")
    tax = tax_number(number, country)
    if kind == COMPANY and not tax:
        raise BadInput(
            "tax_number", "企业发票要填税号。", "A company's invoice needs its tax number."
        )
    if kind == PERSON and tax:
        raise BadInput(
            "tax_number", "个人发票不用税号：请清空，或改选企业。",
            "A person's invoice has no tax number: please clear it, or choose company.",
        )  # fmt: skip
    return title, tax


def ask_for_invoice(
    tx: Tx, secret: str, name: str, tax_number: str, email: str, *, now: int
) -> None:
    order = by_secret(tx, secret)
    if not kept_of(tx, order.id):
        raise NothingToInvoice()
    request_invoice(tx, order.id, name, tax_number, email, now=now)


def wanted(tx: Tx, secret: str) -> tuple[sa.Row[Any], sa.Row[Any], sa.Row[Any] | None, int]:
    """Return the order, its performance, what was asked for, and how many fen it is for."""
    order = by_secret(tx, secret)
    at = performance_by_id(tx, order.performance_id)
    return order, at, request_of(tx, order.id), kept_of(tx, order.id)


def kept_of(tx: Tx, order_id: str) -> int:
    received = sa.func.coalesce(Payment.received, Payment.amount)
    paid = sa.select(sa.func.coalesce(sa.func.sum(received), 0)).where(
        Payment.order_id == order_id, Payment.status == PaymentStatus.SUCCEEDED
    )
    back = sa.select(sa.func.coalesce(sa.func.sum(Refund.amount), 0)).where(
        Refund.order_id == order_id
    )
    return int(tx.execute(paid).scalar_one()) - int(tx.execute(back).scalar_one())


def asked(tx: Tx) -> list[tuple[sa.Row[Any], sa.Row[Any], int]]:
    """Return each request with its performance and amount, those that wait first, the oldest first."""
    waits = sa.case((InvoiceRequest.status == "requested", 0), else_=1)
    rows = tx.execute(
        sa.select(InvoiceRequest.__table__, Order.number, Order.currency, Order.performance_id)
        .join(Order, Order.id == InvoiceRequest.order_id)
        .order_by(waits, InvoiceRequest.requested_at, InvoiceRequest.order_id)
    ).all()
    shows = {each: performance_by_id(tx, each) for each in {row.performance_id for row in rows}}
    return [(row, shows[row.performance_id], kept_of(tx, row.order_id)) for row in rows]


def sheet(rows: Iterable[tuple[sa.Row[Any], sa.Row[Any], int]], lang: str) -> str:
    head = choose(
        lang,
        ["订单", "剧目", "开演", "抬头", "税号", "邮箱", "金额", "币种", "状态", "申请时间"],
        [
            "Order", "Production", "Starts", "Name", "Tax number", "Mail", "Amount", "Currency",
            "State", "Requested",
        ],
    )  # fmt: skip
    return as_csv(
        [
            head,
            *(
                [
                    row.number, title(at.title, lang), iso(at.starts_at, at.zone), row.title,
                    row.tax_number, row.email, plain(kept), row.currency, row.status,
                    iso(row.requested_at, at.zone),
                ]
                for row, at, kept in rows
            ),
        ]
    )  # fmt: skip
