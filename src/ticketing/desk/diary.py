"""The diary: what was done, by whom; appended in the same transaction as the deed."""

import json
from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base, Statement, Tx
from ticketing.foundation.codes import new_id


class DiaryEntry(Base):
    __tablename__ = "diary"
    id: Mapped[str] = mapped_column(primary_key=True)
    verb: Mapped[str]  # order.placed, sales.paused
    subject: Mapped[str] = mapped_column(index=True)  # the id of what it was done to
    by: Mapped[str]
    what: Mapped[str]  # JSON, without personal data
    at: Mapped[int]


INSERT = Statement(sa.insert(DiaryEntry))


def note(tx: Tx, verb: str, subject: str, *, by: str, now: int, **what: Any) -> None:
    tx.run(
        INSERT,
        id=new_id(now), verb=verb, subject=subject, by=by, what=json.dumps(what), at=now,
    )  # fmt: skip


class Entry(NamedTuple):
    """``what``: the figures and words that ``note`` was given."""

    verb: str
    subject: str
    by: str
    what: dict[str, Any]
    at: int


def entries(tx: Tx, subjects: Collection[str], *verbs: str) -> list[Entry]:
    """Return what was done to these, the oldest first; of some ``verbs``, or all."""
    columns = (getattr(DiaryEntry, field) for field in Entry._fields)
    query = sa.select(*columns).where(DiaryEntry.subject.in_(subjects)).order_by(DiaryEntry.id)
    rows = tx.execute(query.where(DiaryEntry.verb.in_(verbs)) if verbs else query)
    return [Entry(verb, of, by, json.loads(what), at) for verb, of, by, what, at in rows]
