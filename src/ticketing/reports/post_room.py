"""The outbox as the office sees it."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.foundation.outbox import Letter

NEWEST = 100


class Post(NamedTuple):
    """Counts of letters: ``failing`` will be tried again, ``given_up`` will not."""

    waiting: int
    failing: int
    given_up: int
    sent: int


def counts(tx: Tx) -> Post:
    unsent = sa.and_(Letter.sent_at.is_(None), Letter.given_up_at.is_(None))
    states = (
        sa.and_(unsent, Letter.last_error.is_(None)),
        sa.and_(unsent, Letter.last_error.is_not(None)),
        Letter.given_up_at.is_not(None),
        Letter.sent_at.is_not(None),
    )
    row = tx.execute(sa.select(*(sa.func.sum(sa.case((state, 1), else_=0)) for state in states)))
    return Post(*(int(number or 0) for number in row.one()))


def newest(tx: Tx) -> list[sa.Row[Any]]:
    query = sa.select(Letter.id, Letter.template, Letter.recipient, Letter.created_at)
    return list(tx.execute(query.order_by(Letter.id.desc()).limit(NEWEST)))


def find(tx: Tx, letter_id: str) -> sa.Row[Any]:
    """Raises NotFound."""
    row = tx.execute(sa.select(Letter.__table__).where(Letter.id == letter_id)).first()
    if row is None:
        raise NotFound()
    return row
