"""The building, as tables."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.words import Words


class Venue(Base):
    __tablename__ = "venue"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Words]
    search: Mapped[str] = mapped_column(server_default="")  # name, pinyin and initials, lower case
    address: Mapped[Words]
    directions: Mapped[Words]
    zone: Mapped[str]
    demo: Mapped[int] = mapped_column(default=0)


class Hall(Base):
    __tablename__ = "hall"
    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    venue_id: Mapped[str] = mapped_column(sa.ForeignKey("venue.id"), index=True)
    name: Mapped[Words]


class Gate(Base):
    __tablename__ = "gate"
    name: Mapped[str] = mapped_column(primary_key=True)  # unique in an installation
    hall_id: Mapped[str] = mapped_column(sa.ForeignKey("hall.id"), index=True)
    label: Mapped[Words]
    sections: Mapped[list[Any]] = mapped_column(server_default="[]")  # it leads to; none: to all
