"""The right to enter once."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class SigningKey(Base):
    """An Ed25519 pair; the private half is sealed under TICKETING_SECRET_KEY.

    It signs tickets from ``used_from`` on, when every server and phone had time to hear of it, and until
    a newer one does; what it signed stays good.
    """

    __tablename__ = "signing_key"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0 to 15
    sealed_private: Mapped[bytes]
    public: Mapped[bytes]
    created_at: Mapped[int]
    used_from: Mapped[int] = mapped_column(server_default="0")


RELEASED = "released"  # why a ticket is void whose holder did not come: its seat went to another
UNPAID = "unpaid"  # why a ticket is void that was reserved: until it is paid for at the desk


class Ticket(Base):
    """``number`` is in the code, ``short`` is read out at the door, ``secret`` opens its page."""

    __tablename__ = "ticket"
    __table_args__ = (
        sa.Index(
            "one_live_ticket",
            "performance_id",
            "seat_id",
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        ),
        sa.UniqueConstraint("performance_id", "short"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # random
    short: Mapped[str]
    secret: Mapped[str]
    secret_digest: Mapped[str] = mapped_column(unique=True)
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"))
    seat_id: Mapped[str]
    order_id: Mapped[str] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    line_id: Mapped[str] = mapped_column(sa.ForeignKey("order_line.id"))
    key_id: Mapped[int]
    issue: Mapped[int]
    issued_at: Mapped[int]
    voided_at: Mapped[int | None]
    void_reason: Mapped[str | None]


class Headcount(Base):
    """How many rights to enter are live, against the approved number. The sale counts here."""

    __tablename__ = "headcount"
    __table_args__ = (
        sa.CheckConstraint("live <= approved", name="not_oversold"),
        sa.CheckConstraint("live >= 0", name="not_negative"),
    )
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    approved: Mapped[int]
    live: Mapped[int]
