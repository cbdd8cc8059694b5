"""The outbox as the office sees it."""

import json
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.outbox import Letter
from ticketing.foundation.errors import NotFound
from ticketing.orders.models import Order

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


class Unsent(NamedTuple):
    """A letter that could not be sent; ``order``: its number, "" for none."""

    letter: sa.Row[Any]
    order: str


def unsent(tx: Tx) -> list[Unsent]:
    """Return the newest of those that failed, given up or not."""
    failing = sa.and_(Letter.sent_at.is_(None), Letter.last_error.is_not(None))
    query = sa.select(Letter.__table__).where(failing).order_by(Letter.id.desc()).limit(NEWEST)
    letters = tx.execute(query).all()
    ids = {row.id: json.loads(row.content).get("order", "") for row in letters}
    numbers = tx.execute(sa.select(Order.id, Order.number).where(Order.id.in_(ids.values())))
    known = {row.id: row.number for row in numbers}
    return [Unsent(row, known.get(ids[row.id], "")) for row in letters]


def find(tx: Tx, letter_id: str) -> sa.Row[Any]:
    """Raises NotFound."""
    row = tx.execute(sa.select(Letter.__table__).where(Letter.id == letter_id)).first()
    if row is None:
        raise NotFound()
    return row
