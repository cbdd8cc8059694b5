"""The outbox: mail that an act owes, written in its transaction, sent later at least once.

A letter holds a template's name and plain values; rendering and sending are the caretaker's.
"""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.foundation.codes import new_id
from ticketing.foundation.db import Base, Statement, Tx


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


INSERT = Statement(
    sa.insert(Letter).values(
        {
            name: sa.bindparam(name)
            for name in ("id", "template", "recipient", "lang", "content", "created_at", "due_at")
        }
        | {"attempts": sa.literal_column("0")}
    )
)


def post(tx: Tx, template: str, recipient: str, lang: str, *, now: int, **content: Any) -> None:
    """Owe a letter. ``content`` is plain values that JSON can hold."""
    tx.run(
        INSERT,
        id=new_id(now), template=template, recipient=recipient, lang=lang,
        content=json.dumps(content, ensure_ascii=False), created_at=now, due_at=now,
    )  # fmt: skip
