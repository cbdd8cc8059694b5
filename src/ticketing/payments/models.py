"""Money in and out: attempts, never deleted."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.foundation.db import Base


class Gateway(StrEnum):
    PLAY = "play"
    COUNTER = "counter"
    FREE = "free"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"


class Payment(Base):
    __tablename__ = "payment"
    __table_args__ = (
        sa.CheckConstraint("amount >= 0", name="amount_not_negative"),
        sa.CheckConstraint(
            f"status IN ({', '.join(repr(str(s)) for s in PaymentStatus)})", name="status"
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    gateway: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    status: Mapped[str]
    created_at: Mapped[int]
    settled_at: Mapped[int | None]


class Refund(Base):
    __tablename__ = "refund"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        sa.UniqueConstraint("order_id", "reason", "payment_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    payment_id: Mapped[str] = mapped_column(sa.ForeignKey("payment.id"), index=True)
    amount: Mapped[int]
    currency: Mapped[str]
    reason: Mapped[str]  # paid_too_late
    created_at: Mapped[int]
    settled_at: Mapped[int | None]


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
