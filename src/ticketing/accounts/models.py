"""Who runs the house, and who works here."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base
from ticketing.foundation.errors import BadInput
from ticketing.foundation.words import Words


class Role(StrEnum):
    """A ladder: each role may do all that those above it in this list may do."""

    USHER = "usher"
    SUPERVISOR = "supervisor"
    BOX_OFFICE = "box_office"
    ORGANISER = "organiser"
    ADMIN = "admin"

    def reaches(self, needed: "Role") -> bool:
        ladder = list(Role)
        return ladder.index(self) >= ladder.index(needed)

    @classmethod
    def named(cls, text: str) -> "Role":
        """Return the role of this name; BadInput for any other text."""
        if text not in set(cls):
            names = ", ".join(cls)
            raise BadInput("role", f"角色只能是：{names}。", f"A role is one of: {names}.")
        return cls(text)


ROLE_WORDS: dict[Role, Words] = {
    Role.USHER: {"zh": "检票员", "en": "Usher"},
    Role.SUPERVISOR: {"zh": "现场主管", "en": "Supervisor"},
    Role.BOX_OFFICE: {"zh": "票务员", "en": "Box office"},
    Role.ORGANISER: {"zh": "主办方", "en": "Organiser"},
    Role.ADMIN: {"zh": "管理员", "en": "Administrator"},
}


class House(Base):
    """The organiser who installed this: one row.

    ``currency``: ISO 4217; ``languages``: of its pages, the first one at /; ``phone_country``: whose
    numbers are typed without a code; ``mark``: the signs of its seal; ``colour``: its accent, "" for the
    look's own; ``desk_ways``: what the ways to pay at its desk are called, by gateway, {} for cash and the
    desk's code; ``tax``: name, rate, number, included, {} where no tax is named.
    """

    __tablename__ = "house"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_house"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[Words]
    organiser: Mapped[Words]
    contact: Mapped[Words]
    terms: Mapped[Words]
    zone: Mapped[str]
    demo: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(server_default="CNY")
    languages: Mapped[list[Any]] = mapped_column(server_default='["zh", "en"]')
    phone_country: Mapped[str] = mapped_column(server_default="CN")
    mark: Mapped[str] = mapped_column(server_default="惠剧")
    colour: Mapped[str] = mapped_column(server_default="")
    order_prefix: Mapped[str] = mapped_column(server_default="NH")
    desk_ways: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    tax: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


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
