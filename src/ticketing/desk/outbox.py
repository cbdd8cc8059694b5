"""The outbox: mail that an act owes, written in its transaction, sent later, at least once.

A letter holds a template's name and plain values; rendering and sending are the caretaker's.
"""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base, Statement, Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import new_id
from ticketing.foundation.errors import NotFound

LEASE = 2 * MINUTE  # longer than a server may keep us waiting
FIRST_WAIT = MINUTE // 2
MOST_ATTEMPTS = 13


class Letter(Base):
    __tablename__ = "letter"
    __table_args__ = (
        sa.Index(
            "ix_letter_due",
            "due_at",
            sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    template: Mapped[str]
    recipient: Mapped[str]
    lang: Mapped[str]
    content: Mapped[str]  # JSON: the template's values
    created_at: Mapped[int]
    due_at: Mapped[int]
    attempts: Mapped[int]
    last_error: Mapped[str | None]
    sent_at: Mapped[int | None]
    given_up_at: Mapped[int | None]


INSERT = Statement(sa.insert(Letter))


def post(tx: Tx, template: str, recipient: str, lang: str, *, now: int, **content: Any) -> None:
    """Owe a letter. ``content`` is plain values that JSON can hold."""
    tx.run(
        INSERT,
        id=new_id(now), template=template, recipient=recipient, lang=lang,
        content=json.dumps(content, ensure_ascii=False), created_at=now, due_at=now, attempts=0,
    )  # fmt: skip


def sent_since(tx: Tx, recipient: str, since: int) -> bool:
    """Return whether a letter to this address was owed after that instant."""
    query = sa.select(Letter.id).where(Letter.recipient == recipient, Letter.created_at > since)
    return tx.execute(query.limit(1)).first() is not None


def due(tx: Tx, now: int, most: int = 50) -> list[str]:
    waiting = sa.and_(Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.due_at <= now)
    return list(
        tx.execute(
            sa.select(Letter.id).where(waiting).order_by(Letter.due_at).limit(most)
        ).scalars()
    )


def lease(tx: Tx, letter_id: str, *, now: int) -> sa.Row[Any] | None:
    """Take a due letter for a while, so that two machines do not send it at once; None if taken."""
    mine = sa.and_(
        Letter.id == letter_id,
        Letter.due_at <= now, Letter.sent_at.is_(None), Letter.given_up_at.is_(None),
    )  # fmt: skip
    change = sa.update(Letter).where(mine).values(due_at=now + LEASE, attempts=Letter.attempts + 1)
    if tx.execute(change).rowcount == 0:
        return None
    return letter(tx, letter_id)


def letter(tx: Tx, letter_id: str) -> sa.Row[Any]:
    return tx.execute(sa.select(Letter.__table__).where(Letter.id == letter_id)).one()


def sent(tx: Tx, letter_id: str, *, now: int) -> None:
    tx.execute(sa.update(Letter).where(Letter.id == letter_id).values(sent_at=now, last_error=None))


def send_again(tx: Tx, letter_id: str, *, by: str, now: int) -> None:
    """Try one that could not be sent from the start, at once. Harmless for one that was; NotFound."""
    if tx.execute(sa.select(Letter.id).where(Letter.id == letter_id)).first() is None:
        raise NotFound()
    failing = sa.and_(
        Letter.id == letter_id, Letter.sent_at.is_(None), Letter.last_error.is_not(None)
    )
    fresh = {"due_at": now, "attempts": 0, "last_error": None, "given_up_at": None}
    if tx.execute(sa.update(Letter).where(failing).values(fresh)).rowcount:
        note(tx, "letter.sent_again", letter_id, by=by, now=now)


def failed(tx: Tx, letter_id: str, attempts: int, error: str, *, now: int) -> None:
    """Try again later, each time later, and give up after two days or so."""
    change: dict[str, Any] = {"last_error": error, "due_at": now + FIRST_WAIT * 2 ** (attempts - 1)}
    if attempts >= MOST_ATTEMPTS:
        change["given_up_at"] = now
    tx.execute(sa.update(Letter).where(Letter.id == letter_id).values(change))
