"""What was agreed."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words


class OrderStatus(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    EXPIRING = "expiring"
    PAID = "paid"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class Channel(StrEnum):
    ONLINE = "online"
    BOX_OFFICE = "box_office"
    AGENCY = "agency"


# The ticket type of a free ticket that somebody approved: no price list has it.
TO_PAY = (OrderStatus.AWAITING_PAYMENT, OrderStatus.EXPIRING)
COMP, COMP_NAME = "comp", Words(zh="赠票", en="Comp")

# What an index of some rows holds. A question names the same words, else SQLite does not use it.
AWAITED = sa.text("status IN ('awaiting_payment', 'expiring')")
WITH_PHONE, WITH_EMAIL = sa.text("buyer_phone <> ''"), sa.text("buyer_email <> ''")


def some(name: str, *columns: str, where: sa.TextClause) -> sa.Index:
    """An index of the rows that are asked for: the others cost nothing to store."""
    return sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


def among(*statuses: OrderStatus) -> sa.TextClause:
    """Written out: with an index of some rows SQLite plans anew for each value bound to its column."""
    return sa.text(f"status IN ({', '.join(repr(str(status)) for status in statuses)})")


class Order(Base):
    __tablename__ = "orders"  # "order" is a word of SQL
    __table_args__ = (
        sa.CheckConstraint(among(*OrderStatus), name="status"),
        sa.CheckConstraint("total >= 0", name="total_not_negative"),
        some("ix_orders_pay_by", "pay_by", where=AWAITED),
        some("ix_orders_buyer_phone", "performance_id", "buyer_phone", where=WITH_PHONE),
        some("ix_orders_buyer_email", "performance_id", "buyer_email", where=WITH_EMAIL),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"))
    number: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[str]  # the link's; found by its digest
    secret_digest: Mapped[str] = mapped_column(unique=True)
    hold_id: Mapped[str] = mapped_column(unique=True)  # a hold is ordered once
    channel: Mapped[str]
    status: Mapped[str]
    buyer_name: Mapped[str]
    buyer_phone: Mapped[str]
    buyer_email: Mapped[str]
    buyer_folded: Mapped[str] = mapped_column(server_default="")  # the name, to be looked for
    lang: Mapped[str]
    total: Mapped[int]
    currency: Mapped[str]
    terms: Mapped[list[Any]]  # the refund ladder that was shown
    placed_by: Mapped[str]
    placed_at: Mapped[int]
    pay_by: Mapped[int]
    reserved_at: Mapped[int | None]  # to be paid at the desk: its tickets are there, not valid yet
    paid_at: Mapped[int | None]
    lapsed_at: Mapped[int | None]
    cancelled_at: Mapped[int | None]


class BuyerTurn(Base):
    """A row to wait at: see ``limit``. It does not say for whom."""

    __tablename__ = "buyer_turn"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class InvoiceStatus(StrEnum):
    REQUESTED = "requested"
    ISSUED = "issued"
    REFUSED = "refused"


class InvoiceRequest(Base):
    """Somebody wants an invoice for an order; ``tax_number``: "" for a person."""

    __tablename__ = "invoice_request"
    __table_args__ = (
        sa.CheckConstraint("status IN ('requested', 'issued', 'refused')", name="status"),
    )
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), primary_key=True)
    title: Mapped[str]
    tax_number: Mapped[str]
    email: Mapped[str]
    status: Mapped[str]
    requested_at: Mapped[int]
    settled_at: Mapped[int | None]
    settled_by: Mapped[str | None]


class Comp(Base):
    """Who approved an order of free tickets, and why."""

    __tablename__ = "comp"
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), primary_key=True)
    approver_id: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"))
    reason: Mapped[str]
    made_at: Mapped[int]


class PromotionUse(Base):
    """The discount that a code gave an order, in fen; given back to its budget when the order ends."""

    __tablename__ = "promotion_use"
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), primary_key=True)
    promotion_id: Mapped[str] = mapped_column(sa.ForeignKey("promotion.id"), index=True)
    amount: Mapped[int]
    released_at: Mapped[int | None]


class OrderLine(Base):
    """One seat of an order, at the price that was shown, in fen."""

    __tablename__ = "order_line"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "seat_id"),
        sa.CheckConstraint("face = paid + discount + funded", name="adds_up"),
        sa.CheckConstraint("paid >= 0 AND discount >= 0 AND funded >= 0", name="not_negative"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"))
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"))
    seat_id: Mapped[str]
    section: Mapped[str]
    band: Mapped[str]
    ticket_type: Mapped[str]
    face: Mapped[int]
    paid: Mapped[int]
    discount: Mapped[int]
    funded: Mapped[int]
    funder_id: Mapped[str | None]
