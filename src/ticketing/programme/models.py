"""What is on."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words

# Where a performance says nothing else. A network may be a whole school behind one address.
MOST_PER_BUYER, MOST_RENEWALS = 24, 2
MOST_HOLDS_PER_CLIENT, MOST_HOLDS_PER_NETWORK = 30, 300


class Season(Base):
    __tablename__ = "season"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    cry: Mapped[Words]  # the big word on the festival's page
    blurb: Mapped[Words]
    demo: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]


class Person(Base):
    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    search: Mapped[str]  # name, pinyin and initials, lower case


class Production(Base):
    __tablename__ = "production"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    kind: Mapped[Words]
    synopsis: Mapped[Words]
    language: Mapped[Words]
    duration_minutes: Mapped[int]
    interval_minutes: Mapped[int] = mapped_column(default=0)
    chapters: Mapped[list[Any]]  # Words each
    poster: Mapped[str]  # the name of a Poster; "": none
    search: Mapped[str]
    demo: Mapped[int] = mapped_column(default=0)


class Poster(Base):
    """A picture that came with a festival's file; its name carries its digest, so it never changes."""

    __tablename__ = "poster"
    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    body: Mapped[bytes]
    added_at: Mapped[int]


class Credit(Base):
    """Who made it."""

    __tablename__ = "credit"
    production_id: Mapped[str] = mapped_column(sa.ForeignKey("production.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Words]


class Rotating(StrEnum):
    """Whether a ticket's code changes while it is looked at; PAPER: what was printed is good too."""

    OFF = "off"
    STRICT = "strict"
    PAPER = "paper"


class Performance(Base):
    """One dated showing. ``number`` is what the tickets' codes carry; times are milliseconds."""

    __tablename__ = "performance"
    __table_args__ = (
        sa.UniqueConstraint("id", "plan_id"),
        sa.CheckConstraint("doors_at <= starts_at AND starts_at < ends_at", name="times_in_order"),
        sa.CheckConstraint("capacity > 0", name="capacity_positive"),
        sa.CheckConstraint("rotating IN ('off', 'strict', 'paper')", name="rotating"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # 32 bits, random
    slug: Mapped[str] = mapped_column(unique=True)
    season_id: Mapped[str] = mapped_column(sa.ForeignKey("season.id"), index=True)
    production_id: Mapped[str] = mapped_column(sa.ForeignKey("production.id"), index=True)
    hall_id: Mapped[str] = mapped_column(sa.ForeignKey("hall.id"), index=True)
    plan_id: Mapped[str] = mapped_column(sa.ForeignKey("seating_plan.id"), index=True)
    doors_at: Mapped[int]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    sale_opens_at: Mapped[int]
    sale_closes_at: Mapped[int]
    capacity: Mapped[int]  # the approved number of people
    most_per_order: Mapped[int]
    most_per_buyer: Mapped[int] = mapped_column(server_default=str(MOST_PER_BUYER))
    most_renewals: Mapped[int] = mapped_column(server_default=str(MOST_RENEWALS))  # of one hold
    # holds of the last hour that became no order
    most_holds_per_client: Mapped[int] = mapped_column(server_default=str(MOST_HOLDS_PER_CLIENT))
    most_holds_per_network: Mapped[int] = mapped_column(server_default=str(MOST_HOLDS_PER_NETWORK))
    reserve_minutes: Mapped[int | None]  # so long seats wait for a payment at the desk; null: never
    rules: Mapped[list[Any]]  # {"key", "name": Words, "text": Words} each
    refund_ladder: Mapped[list[Any]]  # {"hours_before", "fee_percent"} each, see pricing
    # minutes after the start at which latecomers are let in together; none: they may come at any time
    late_breaks: Mapped[list[Any]] = mapped_column(server_default="[]")
    standby_minutes: Mapped[int] = mapped_column(server_default="15")  # then no-shows' seats may go
    rotating: Mapped[str] = mapped_column(server_default=Rotating.OFF)
    returns_sold_at: Mapped[int | None]  # what is returned before is for sale from then on
    demo: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[int | None]
    paused_at: Mapped[int | None]
    cancelled_at: Mapped[int | None]
    cancel_reason: Mapped[Words | None]


class CastMember(Base):
    """Who plays this performance."""

    __tablename__ = "cast_member"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Words]
    note: Mapped[Words]
