"""What it costs: band x ticket type = price, per performance."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words


class Funder(Base):
    """Who pays the difference, under a programme of its own.

    In fen: ``cap`` is the most it pays in all, ``promised`` what it pays for the orders there are.
    """

    __tablename__ = "funder"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    programme: Mapped[Words]
    cap: Mapped[int | None]
    promised: Mapped[int] = mapped_column(server_default="0")
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
    """Who pays. ``proof``: to be shown at the door; ``child``: for children, of whom the house has a
    rule; ``least`` and ``most`` in one order, null: any; ``needs``: what some other place of the order has to
    be for each of them, null: nothing."""

    __tablename__ = "ticket_type"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[Words]
    note: Mapped[Words]
    proof: Mapped[int] = mapped_column(server_default="0")
    child: Mapped[int] = mapped_column(server_default="0")
    needs: Mapped[str | None]
    least: Mapped[int | None]
    most: Mapped[int | None]
    sold_from: Mapped[int | None]
    sold_until: Mapped[int | None]


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
    currency: Mapped[str]


class EarlyPrice(Base):
    """Before ``until`` one pays so much, and the rest is a discount."""

    __tablename__ = "early_price"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["performance_id", "band", "ticket_type"],
            ["price.performance_id", "price.band", "price.ticket_type"],
        ),
        sa.CheckConstraint("paid >= 0", name="not_negative"),
    )
    performance_id: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[str] = mapped_column(primary_key=True)
    ticket_type: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[int]
    paid: Mapped[int]


class Promotion(Base):
    """A code that makes tickets cheaper: by ``percent`` of what one pays, then by ``fen``, each.

    ``performance_id``: null for all; ``ticket_types``: empty for all; ``stacks``: also where the price
    is discounted or funded already; ``budget`` and ``spent``: fen of discount.
    """

    __tablename__ = "promotion"
    __table_args__ = (
        sa.CheckConstraint("spent >= 0", name="spent_not_negative"),
        sa.CheckConstraint("budget IS NULL OR spent <= budget", name="within_budget"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    performance_id: Mapped[str | None] = mapped_column(sa.ForeignKey("performance.id"))
    name: Mapped[Words]
    percent: Mapped[int]
    fen: Mapped[int]
    ticket_types: Mapped[list[Any]]
    stacks: Mapped[int]
    budget: Mapped[int | None]
    spent: Mapped[int]
    most_per_buyer: Mapped[int | None]  # orders
    opens_at: Mapped[int | None]
    closes_at: Mapped[int | None]


class WrongCode(Base):
    """How many codes that are none a network tried in an hour, counted since 1970."""

    __tablename__ = "wrong_code"
    who: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
