"""Money in and out: attempts, never deleted."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class PaymentStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    CLOSED = "closed"  # the provider takes no more money for it


class RefundStatus(StrEnum):
    OWED = "owed"
    PENDING = "pending"  # the provider has it in hand, for days perhaps
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # to be paid out by hand
    PAID_OUT = "paid_out"


class DisputeStatus(StrEnum):
    """How a buyer's bank sees a payment that the buyer does not accept."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


UNDER_WAY = sa.text("status IN ('owed', 'pending')")


def among(statuses: type[StrEnum]) -> str:
    return f"status IN ({', '.join(repr(str(status)) for status in statuses)})"


class Payment(Base):
    """An attempt to pay ``amount``. ``received``: what came instead, where that was another sum."""

    __tablename__ = "payment"
    __table_args__ = (
        sa.CheckConstraint("amount >= 0", name="amount_not_negative"),
        sa.CheckConstraint(among(PaymentStatus), name="status"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    gateway: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    status: Mapped[str]
    created_at: Mapped[int]
    settled_at: Mapped[int | None]
    received: Mapped[int | None]
    received_currency: Mapped[str | None]


class GatewaySwitch(Base):
    """A gateway without a row, or without ``off_at``, is on."""

    __tablename__ = "gateway_switch"
    gateway: Mapped[str] = mapped_column(primary_key=True)
    off_at: Mapped[int | None]


class PaymentPage(Base):
    """A provider's page where a payment can be made until ``closes_at``.

    ``reference`` and ``url``: the provider's, null until it opened the page; ``charge``: the provider's
    name of the money, once it came; ``looked_at``: when we last asked.
    """

    __tablename__ = "payment_page"
    __table_args__ = (sa.UniqueConstraint("gateway", "reference"),)
    payment_id: Mapped[str] = mapped_column(sa.ForeignKey("payment.id"), primary_key=True)
    gateway: Mapped[str]
    closes_at: Mapped[int]
    looked_at: Mapped[int]
    reference: Mapped[str | None]
    url: Mapped[str | None]
    charge: Mapped[str | None] = mapped_column(index=True)


class Refund(Base):
    """Money that goes back. ``covered``: so much of it, in fen, had left before without our asking, by a
    bank or at the provider's own desk: it is owed no more.
    """

    __tablename__ = "refund"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        sa.CheckConstraint("covered >= 0 AND covered <= amount", name="covered_in_part"),
        sa.CheckConstraint(among(RefundStatus), name="status"),
        sa.Index(
            "ix_refund_underway", "created_at", sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    payment_id: Mapped[str] = mapped_column(sa.ForeignKey("payment.id"), index=True)
    amount: Mapped[int]
    currency: Mapped[str]
    reason: Mapped[str]  # not_fulfilled, or why the tickets went back
    status: Mapped[str]
    reference: Mapped[str | None]  # the provider's
    created_at: Mapped[int]
    settled_at: Mapped[int | None]
    covered: Mapped[int] = mapped_column(server_default="0")


class ReturnedLine(Base):
    """A line of an order that was given up, once; in fen ``amount`` went back and ``fee`` stayed."""

    __tablename__ = "returned_line"
    __table_args__ = (sa.CheckConstraint("amount >= 0 AND fee >= 0", name="not_negative"),)
    line_id: Mapped[str] = mapped_column(sa.ForeignKey("order_line.id"), primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    refund_id: Mapped[str | None] = mapped_column(sa.ForeignKey("refund.id"))
    amount: Mapped[int]
    fee: Mapped[int]
    reason: Mapped[str]
    returned_at: Mapped[int]
    returned_by: Mapped[str]


class Dispute(Base):
    """Money that a buyer's bank took back; ``reference`` is the provider's."""

    __tablename__ = "dispute"
    __table_args__ = (sa.CheckConstraint(among(DisputeStatus), name="status"),)
    gateway: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(sa.ForeignKey("payment.id"), index=True)
    amount: Mapped[int]
    currency: Mapped[str]
    status: Mapped[str]
    opened_at: Mapped[int]
    decided_at: Mapped[int | None]


class ProviderMovement(Base):
    """What a provider says it did with the money; in fen, ``fee`` on top of ``amount``."""

    __tablename__ = "provider_movement"
    gateway: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str]
    amount: Mapped[int]
    fee: Mapped[int]
    currency: Mapped[str]
    charge: Mapped[str] = mapped_column(index=True)  # "" for what concerns none
    at: Mapped[int]


class ProviderEvent(Base):
    """What a provider told us, once: stored before anything is decided about it."""

    __tablename__ = "provider_event"
    gateway: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payment_id: Mapped[str]
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[int]
    handled_at: Mapped[int | None]
