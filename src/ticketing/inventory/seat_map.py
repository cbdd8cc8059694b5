"""Which seats are free, held or sold now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from ticketing.foundation.db import Statement, Tx
from ticketing.inventory.models import PerformanceSeat, taken

NOW = sa.bindparam("now", type_=sa.BigInteger)
ROWS = Statement(
    sa.select(
        PerformanceSeat.seat_id,
        PerformanceSeat.order_id,
        PerformanceSeat.changed_at,
        PerformanceSeat.held_until,
        sa.cast(taken(NOW), sa.Integer),
    )
    .where(PerformanceSeat.performance_id == sa.bindparam("performance_id"))
    .order_by(PerformanceSeat.seat_id)
)
TAKEN = Statement(
    sa.select(PerformanceSeat.seat_id).where(
        PerformanceSeat.performance_id == sa.bindparam("performance_id"), taken(NOW)
    )
)
COUNT = Statement(
    sa.select(sa.func.count()).where(
        PerformanceSeat.performance_id == sa.bindparam("performance_id"), taken(NOW)
    )
)


@cache
def among(count: int) -> Statement:
    """Return TAKEN for so many seats that are named, from ``seat_0`` on."""
    seats: list[sa.ColumnElement[str]] = [sa.bindparam(f"seat_{n}") for n in range(count)]
    return Statement(
        sa.select(PerformanceSeat.seat_id).where(
            PerformanceSeat.performance_id == sa.bindparam("performance_id"),
            PerformanceSeat.seat_id.in_(seats),
            taken(NOW),
        )
    )


@dataclass(frozen=True, slots=True)
class Availability:
    """``version`` is the instant of the last change, ms; ``held`` includes what the house keeps."""

    version: int
    sold: list[str]
    held: list[str]


def availability(tx: Tx, performance_id: str, now: int) -> Availability:
    sold: list[str] = []
    held: list[str] = []
    version = 0
    for seat, order, changed_at, held_until, is_taken in tx.all(
        ROWS, performance_id=performance_id, now=now
    ):
        lapsed = 0 < held_until <= now and order is None
        version = max(version, held_until if lapsed else changed_at)
        if is_taken:
            (held if order is None else sold).append(seat)
    return Availability(version, sold, held)


def taken_seats(tx: Tx, performance_id: str, now: int) -> set[str]:
    return {seat for (seat,) in tx.all(TAKEN, performance_id=performance_id, now=now)}


def taken_among(tx: Tx, performance_id: str, seats: Sequence[str], now: int) -> set[str]:
    """Return which of these seats are taken."""
    named = {f"seat_{n}": seat for n, seat in enumerate(seats)}
    rows = tx.all(among(len(seats)), performance_id=performance_id, now=now, **named)
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
