"""Pause and resume the sale of a performance."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.programme.models import Performance


def pause(tx: Tx, performance_id: str, *, by: str, now: int) -> None:
    if _set(tx, performance_id, Performance.paused_at.is_(None), now):
        note(tx, "sale.paused", performance_id, by=by, now=now)


def resume(tx: Tx, performance_id: str, *, by: str, now: int) -> None:
    if _set(tx, performance_id, Performance.paused_at.is_not(None), None):
        note(tx, "sale.resumed", performance_id, by=by, now=now)


def _set(tx: Tx, performance_id: str, guard: sa.ColumnElement[bool], paused_at: int | None) -> bool:
    change = sa.update(Performance).where(Performance.id == performance_id, guard)
    return tx.execute(change.values(paused_at=paused_at)).rowcount == 1
