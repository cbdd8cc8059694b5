"""Seating plans, as tables. A plan version in use never changes: a new drawing is a new version."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words


class SeatingPlan(Base):
    __tablename__ = "seating_plan"
    __table_args__ = (sa.UniqueConstraint("name", "version"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    hall_id: Mapped[str] = mapped_column(sa.ForeignKey("hall.id"), index=True)
    name: Mapped[str]
    version: Mapped[int]
    fingerprint: Mapped[str]
    drawing: Mapped[dict[str, Any]]  # stage, marks and focal line
    source: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # its plan file
    created_at: Mapped[int]


class SectionRow(Base):
    """A seating tier of a plan."""

    __tablename__ = "section"
    plan_id: Mapped[str] = mapped_column(sa.ForeignKey("seating_plan.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[Words]
    note: Mapped[Words]
    kind: Mapped[str]
    numbered: Mapped[int]
    capacity: Mapped[int]
    seat_height: Mapped[float]
    area: Mapped[Words] = mapped_column(server_default="{}")


class SeatRow(Base):
    """A seat of a plan version. ``id`` is stable over versions: see ``plan.seat_id``."""

    __tablename__ = "seat"
    __table_args__ = (
        sa.ForeignKeyConstraint(["plan_id", "section"], ["section.plan_id", "section.key"]),
        sa.Index("ix_seat_section", "plan_id", "section", "id"),
    )
    plan_id: Mapped[str] = mapped_column(sa.ForeignKey("seating_plan.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    section: Mapped[str]
    row: Mapped[str]
    row_name: Mapped[Words]
    number: Mapped[int]
    block: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]
    turn: Mapped[float]
    kind: Mapped[str]
    eye: Mapped[float]
    distance: Mapped[float]
    quality: Mapped[float]
    attributes: Mapped[list[Any]]
    why: Mapped[Words] = mapped_column(server_default="{}")
    printed: Mapped[str] = mapped_column(server_default="")
    guid: Mapped[str] = mapped_column(server_default="")
