"""Which seats are free, held or sold now."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from ticketing.desk.db import Statement, Tx
from ticketing.inventory.models import PerformanceSeat, taken

NOW = sa.bindparam("now", type_=sa.BigInteger)
SEAT = PerformanceSeat
UNSOLD = SEAT.order_id.is_(None)
LAPSED = sa.and_(UNSOLD, SEAT.held_until > 0, SEAT.held_until <= NOW)
RUNNING = sa.and_(UNSOLD, SEAT.allocation.is_(None), SEAT.held_until > NOW)
JOINED: dict[str, Any] = {"sqlite": sa.func.group_concat, "postgresql": sa.func.string_agg}
COUNT = Statement(
    sa.select(sa.func.count()).where(
        PerformanceSeat.performance_id == sa.bindparam("performance_id"), taken(NOW)
    )
)


@cache
def among(dialect: str) -> Statement:
    """Return which are taken of the seats that are named, any number: one text for all."""
    if dialect == "postgresql":
        named: Any = sa.any_(sa.bindparam("seats", type_=postgresql.ARRAY(sa.String)))
        these = SEAT.seat_id == named
    else:
        named = sa.func.json_each(sa.bindparam("seats")).table_valued("value")
        these = SEAT.seat_id.in_(sa.select(named.c.value))
    here = SEAT.performance_id == sa.bindparam("performance_id")
    return Statement(sa.select(SEAT.seat_id).where(here, these, taken(NOW)))


@dataclass(frozen=True, slots=True)
class Availability:
    """``version`` is the instant of the last change, ms; ``held`` includes what the house keeps.

    ``until``: when the next hold runs out, so that this is no longer true; None: no hold runs.
    """

    version: int
    sold: list[str]
    held: list[str]
    until: int | None


@cache
def house(dialect: str) -> Statement:
    """One row whatever the size of the hall: 80,000 of them would take the driver long."""

    def seats(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[str]:
        return JOINED[dialect](sa.case((condition, SEAT.seat_id)), ",")  # type: ignore[no-any-return]

    return Statement(
        sa.select(
            sa.func.max(sa.case((LAPSED, SEAT.held_until), else_=SEAT.changed_at)),
            seats(SEAT.order_id.is_not(None)),
            seats(sa.and_(UNSOLD, taken(NOW))),
            sa.func.min(sa.case((RUNNING, SEAT.held_until))),
        ).where(SEAT.performance_id == sa.bindparam("performance_id"))
    )


def availability(tx: Tx, performance_id: str, now: int) -> Availability:
    row = tx.first(house(tx.dialect), performance_id=performance_id, now=now)
    assert row
    version, sold, held, until = row
    return Availability(version or 0, _ids(sold), _ids(held), until)


def _ids(joined: str | None) -> list[str]:
    return sorted(joined.split(",")) if joined else []


@cache
def gone(dialect: str) -> Statement:
    here = SEAT.performance_id == sa.bindparam("performance_id")
    return Statement(sa.select(JOINED[dialect](SEAT.seat_id, ",")).where(here, taken(NOW)))


def taken_seats(tx: Tx, performance_id: str, now: int) -> set[str]:
    row = tx.first(gone(tx.dialect), performance_id=performance_id, now=now)
    assert row
    return set(_ids(row[0]))


def taken_among(tx: Tx, performance_id: str, seats: Iterable[str], now: int) -> set[str]:
    """Return which of these seats are taken."""
    named = sorted(seats) if tx.dialect == "postgresql" else json.dumps(sorted(seats))
    rows = tx.all(among(tx.dialect), performance_id=performance_id, seats=named, now=now)
    return {seat for (seat,) in rows}


def count_taken(tx: Tx, performance_id: str, now: int) -> int:
    row = tx.first(COUNT, performance_id=performance_id, now=now)
    assert row
    return int(row[0])


def counts_taken(tx: Tx, performance_ids: Iterable[str], now: int) -> dict[str, int]:
    """Return how many seats are taken, by performance; one without any is not named."""
    query = (
        sa.select(PerformanceSeat.performance_id, sa.func.count())
        .where(
            PerformanceSeat.performance_id.in_(performance_ids),
            taken(sa.literal(now, sa.BigInteger)),
        )
        .group_by(PerformanceSeat.performance_id)
    )
    return {performance: int(count) for performance, count in tx.execute(query)}
