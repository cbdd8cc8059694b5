"""What it costs: band x ticket type = price, per performance."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.foundation.db import Base
from ticketing.foundation.words import Words


class Funder(Base):
    """Who pays the difference. ``cap`` is the most it pays for one performance, in fen."""

    __tablename__ = "funder"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    programme: Mapped[Words]
    cap: Mapped[int | None]
    demo: Mapped[int] = mapped_column(default=0)


class FreeReturn(Base):
    """From ``opened_at`` on, until ``closes_at``, a return of what was ordered before costs nothing."""

    __tablename__ = "free_return"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    opened_at: Mapped[int] = mapped_column(primary_key=True)
    closes_at: Mapped[int]
    reason: Mapped[Words]


class PriceBand(Base):
    """How desirable; a section belongs to one band of a performance."""

    __tablename__ = "price_band"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[Words]


class SectionBand(Base):
    __tablename__ = "section_band"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["performance_id", "band"], ["price_band.performance_id", "price_band.key"]
        ),
    )
    performance_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[str]


class TicketType(Base):
    """Who pays."""

    __tablename__ = "ticket_type"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[Words]
    note: Mapped[Words]


class Price(Base):
    """In fen: face = paid + discount + funded."""

    __tablename__ = "price"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["performance_id", "band"], ["price_band.performance_id", "price_band.key"]
        ),
        sa.ForeignKeyConstraint(
            ["performance_id", "ticket_type"], ["ticket_type.performance_id", "ticket_type.key"]
        ),
        sa.CheckConstraint("face = paid + discount + funded", name="adds_up"),
        sa.CheckConstraint("paid >= 0 AND discount >= 0 AND funded >= 0", name="not_negative"),
        sa.CheckConstraint("funded = 0 OR funder_id IS NOT NULL", name="funder_named"),
    )
    performance_id: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[str] = mapped_column(primary_key=True)
    ticket_type: Mapped[str] = mapped_column(primary_key=True)
    face: Mapped[int]
    paid: Mapped[int]
    discount: Mapped[int] = mapped_column(default=0)
    funded: Mapped[int] = mapped_column(default=0)
    funder_id: Mapped[str | None] = mapped_column(sa.ForeignKey("funder.id"))
    currency: Mapped[str] = mapped_column(default="CNY")
