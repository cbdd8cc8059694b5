"""Who runs the house, and who works here."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.foundation.db import Base
from ticketing.foundation.words import Words


class Role(StrEnum):
    USHER = "usher"
    SUPERVISOR = "supervisor"
    BOX_OFFICE = "box_office"
    ORGANISER = "organiser"
    ADMIN = "admin"


class House(Base):
    """The organiser who installed this: one row. ``set_up_at`` is when the first admin came."""

    __tablename__ = "house"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_house"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[Words]
    organiser: Mapped[Words]
    contact: Mapped[Words]
    terms: Mapped[Words]
    zone: Mapped[str]
    demo: Mapped[int] = mapped_column(default=0)


class FirstRun(Base):
    """The set-up token printed at the first start (its digest), and who used it: one row."""

    __tablename__ = "first_run"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_first_run"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token_digest: Mapped[str]
    used_at: Mapped[int | None]


class Staff(Base):
    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[int]
    left_at: Mapped[int | None]


class StaffSession(Base):
    __tablename__ = "staff_session"
    digest: Mapped[str] = mapped_column(primary_key=True)  # of the cookie's value
    staff_id: Mapped[str] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    csrf_token: Mapped[str]
    created_at: Mapped[int]
    expires_at: Mapped[int]


class SignInAttempt(Base):
    """A failed attempt; ``who`` is a digest of the address typed or of the network it came from."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index("ix_sign_in_attempt_who_at", "who", "at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[int]


class Token(Base):
    """A bearer token of a program: a kiosk, a scanner, the acceptance checks."""

    __tablename__ = "token"
    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[int]
    revoked_at: Mapped[int | None]
