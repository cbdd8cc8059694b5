"""Idempotency keys: a request sent twice is answered twice and done once.

The key is stored in the transaction of the effect; the answer is stored at its end.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base, Statement, Tx
from ticketing.foundation.errors import Refused


class IdempotencyKey(Base):
    __tablename__ = "idempotency_key"
    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    answer: Mapped[str | None]
    at: Mapped[int]


class Key(NamedTuple):
    """``fingerprint``: of the request, so that a key means one request only."""

    actor: str
    key: str
    fingerprint: str


class KeyReused(Refused):
    status = 422
    type = "idempotency-key-reused"
    zh = "这个请求编号已用于另一个请求，请换一个新的编号。"
    en = "This idempotency key was used for another request: send a new one."


def insert_key(dialect: Any) -> Statement:
    return Statement(
        dialect.insert(IdempotencyKey)
        .values({name: sa.bindparam(name) for name in ("actor", "key", "fingerprint", "at")})
        .on_conflict_do_nothing()
    )


INSERT = {"sqlite": insert_key(sqlite), "postgresql": insert_key(postgresql)}
FIND = Statement(
    sa.select(IdempotencyKey.fingerprint, IdempotencyKey.answer).where(
        IdempotencyKey.actor == sa.bindparam("actor"), IdempotencyKey.key == sa.bindparam("key")
    )
)
STORE = Statement(
    sa.update(IdempotencyKey)
    .where(
        IdempotencyKey.actor == sa.bindparam("actor_"), IdempotencyKey.key == sa.bindparam("key_")
    )
    .values(answer=sa.bindparam("answer_"))
)


def fingerprint(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def replay(tx: Tx, actor: str, key: str, print_: str, *, now: int) -> Any | None:
    """Return the stored answer, or None for a new key, which is then ours to answer.

    A second request waits on the first one's row, so it never sees a key without its answer.
    """
    if tx.run(INSERT[tx.dialect], actor=actor, key=key, fingerprint=print_, at=now):
        return None
    row = tx.first(FIND, actor=actor, key=key)
    assert row
    if row[0] != print_:
        raise KeyReused()
    return json.loads(row[1])


def once(
    tx: Tx, key: Key | None, act: Callable[..., Any], *args: Any, now: int, **named: Any
) -> Any:
    """Act; for a key that was sent before return the answer (plain values) that it got."""
    if key is None:
        return act(tx, *args, now=now, **named)
    if (known := replay(tx, *key, now=now)) is not None:
        return known
    answer = act(tx, *args, now=now, **named)
    store(tx, key.actor, key.key, answer)
    return answer


def store(tx: Tx, actor: str, key: str, answer: Any) -> None:
    tx.run(STORE, actor_=actor, key_=key, answer_=json.dumps(answer, ensure_ascii=False))
