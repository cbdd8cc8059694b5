"""Questions about the house and those who work in it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.accounts.models import House, Role, Staff, StaffSession, Token
from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import digest

OF_SESSION = Statement(
    sa.select(Staff.id, Staff.role, Staff.name, StaffSession.csrf_token)
    .join(Staff, Staff.id == StaffSession.staff_id)
    .where(
        StaffSession.digest == sa.bindparam("secret"),
        StaffSession.expires_at > sa.bindparam("now"),
        Staff.left_at.is_(None),
    )
)
OF_TOKEN = Statement(
    sa.select(Token.id, Token.role, Token.name).where(
        Token.digest == sa.bindparam("secret"), Token.revoked_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: ``staff:<id>`` or ``token:<id>``. Only a session has a CSRF token."""

    id: str
    role: Role
    name: str
    csrf_token: str | None


def actor_by_session(tx: Tx, secret: str, now: int) -> Actor | None:
    row = tx.first(OF_SESSION, secret=digest(secret), now=now)
    return Actor(f"staff:{row[0]}", Role(row[1]), row[2], row[3]) if row else None


def actor_by_token(tx: Tx, secret: str) -> Actor | None:
    row = tx.first(OF_TOKEN, secret=digest(secret))
    return Actor(f"token:{row[0]}", Role(row[1]), row[2], None) if row else None


def names(tx: Tx) -> dict[str, str]:
    """Return the names of all who work or worked here, by who they are in the diary."""
    rows = tx.execute(sa.select(Staff.id, Staff.name))
    return {f"staff:{staff_id}": name for staff_id, name in rows}


def staff(tx: Tx) -> list[sa.Row[Any]]:
    """Return email, role, name, created_at and left_at of all who work or worked here."""
    columns = (Staff.email, Staff.role, Staff.name, Staff.created_at, Staff.left_at)
    return list(tx.execute(sa.select(*columns).order_by(Staff.left_at.is_not(None), Staff.email)))


def tokens(tx: Tx) -> list[sa.Row[Any]]:
    """Return id, role, name, created_at and revoked_at of every token, the oldest first."""
    columns = (Token.id, Token.role, Token.name, Token.created_at, Token.revoked_at)
    return list(tx.execute(sa.select(*columns).order_by(Token.created_at, Token.id)))


def house(tx: Tx) -> dict[str, Any] | None:
    """Return the organiser's row as templates read it, None before the seed."""
    row = tx.execute(sa.select(House.__table__)).mappings().first()
    return dict(row) if row else None
