"""The house for one performance: which seat is whose.

A row of performance_seat says that something happened to that seat; a seat without a row was never
touched. Expiry gives others permission and needs no sweeper: see ``taken``.
"""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words


class Hold(Base):
    """A buyer's minutes. ``id`` is the digest of the token the buyer was given."""

    __tablename__ = "hold"
    __table_args__ = (
        sa.Index("ix_hold_client", "performance_id", "client", "placed_at"),
        sa.Index("ix_hold_network", "performance_id", "network", "placed_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"))
    client: Mapped[str]  # who asked: a browser, or who works here
    network: Mapped[str] = mapped_column(server_default="")  # from where, "" at the counter
    placed_at: Mapped[int]
    held_until: Mapped[int]
    renewals: Mapped[int] = mapped_column(server_default="0")
    released_at: Mapped[int | None]
    ordered_at: Mapped[int | None]


class PerformanceSeat(Base):
    __tablename__ = "performance_seat"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["performance_id", "plan_id"], ["performance.id", "performance.plan_id"]
        ),
        sa.ForeignKeyConstraint(["plan_id", "seat_id"], ["seat.plan_id", "seat.id"]),
        sa.Index("ix_performance_seat_hold_id", "hold_id"),
        {"sqlite_with_rowid": False, "postgresql_with": {"fillfactor": "50"}},
    )
    performance_id: Mapped[str] = mapped_column(primary_key=True)
    seat_id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str]
    hold_id: Mapped[str | None]
    held_until: Mapped[int]  # 0: by nobody
    order_id: Mapped[str | None]  # sold to
    allocation: Mapped[str | None]  # kept by the house for this one
    changed_at: Mapped[int]


class KeptFor(StrEnum):
    """What the house keeps seats for."""

    HOUSE = "house"
    PRESS = "press"
    AGENCY = "agency"
    ACCESS = "access"


KEPT_FOR = {
    KeptFor.HOUSE: Words(zh="自留", en="House"),
    KeptFor.PRESS: Words(zh="媒体", en="Press"),
    KeptFor.AGENCY: Words(zh="代理", en="Agency"),
    KeptFor.ACCESS: Words(zh="无障碍", en="Access"),
}


class Allocation(Base):
    """Seats that the house keeps, ``note`` says for whom, until ``release_at`` or until it lets them go."""

    __tablename__ = "allocation"
    __table_args__ = (
        sa.CheckConstraint(
            f"kind IN ({', '.join(repr(str(kind)) for kind in KeptFor)})", name="kind"
        ),
        sa.Index("ix_allocation_release_at", "release_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), index=True)
    kind: Mapped[str]
    note: Mapped[str]
    release_at: Mapped[int | None]
    made_at: Mapped[int]
    made_by: Mapped[str]


class AllocatedSeat(Base):
    """Which seat an allocation had, from when until when: kept for ever, so that a figure as of a past
    moment never changes."""

    __tablename__ = "allocated_seat"
    allocation_id: Mapped[str] = mapped_column(sa.ForeignKey("allocation.id"), primary_key=True)
    seat_id: Mapped[str] = mapped_column(primary_key=True)
    kept_at: Mapped[int]
    released_at: Mapped[int | None]


class HoldQuota(Base):
    """At least so many of somebody's holds count against the limit: see ``limit``."""

    __tablename__ = "hold_quota"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)  # a client or a network
    used: Mapped[int]


def taken(now: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Say that a seat with a row is not available: sold, kept, or in a running hold.

    The one definition: the claim, the map, best available and the reports use it.
    """
    seat = PerformanceSeat
    return sa.or_(seat.order_id.is_not(None), seat.allocation.is_not(None), seat.held_until > now)
