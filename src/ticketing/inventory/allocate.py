"""Seats that the house keeps: for itself, the press, an agency, those who need a place; until a time."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.inventory import claim
from ticketing.inventory.models import AllocatedSeat, Allocation, KeptFor
from ticketing.programme.on_sale import PerformanceCancelled, terms
from ticketing.seating.queries import plan

OPEN = AllocatedSeat.released_at.is_(None)


def allocate(
    tx: Tx, performance_id: str, seats: Sequence[str], kind: KeptFor, words: str,
    release_at: int | None, *, by: str, now: int,
) -> str:  # fmt: skip
    """Keep free seats and return the allocation's id; ``words``: for whom. SeatsTaken names those that
    are not free, and then none is kept."""
    sale = terms(tx, performance_id)
    if sale.cancelled_at is not None:
        raise PerformanceCancelled()
    if not seats or not set(seats) <= set(plan(tx, sale.plan_id).by_id):
        raise BadInput("seats", "请先选座位。", "Please choose seats first.")
    require_ahead(release_at, now)
    mine = new_id(now)
    tx.execute(sa.insert(Allocation).values(
        id=mine, performance_id=performance_id, kind=kind, note=words, release_at=release_at,
        made_at=now, made_by=by,
    ))  # fmt: skip
    claim.allocate(tx, performance_id, sale.plan_id, sorted(set(seats)), mine, now=now)
    tx.add(
        AllocatedSeat,
        [{"allocation_id": mine, "seat_id": seat, "kept_at": now} for seat in sorted(set(seats))],
    )
    note(tx, "seats.allocated", mine, by=by, now=now, kind=kind, seats=len(set(seats)))
    return mine


def release_later(
    tx: Tx, performance_id: str, allocation_id: str, release_at: int | None, *, by: str, now: int
) -> None:
    """Let go by itself at another time, or never: None. NotFound for another performance's."""
    require_of(tx, allocation_id, performance_id)
    require_ahead(release_at, now)
    mine = sa.and_(
        Allocation.id == allocation_id, Allocation.release_at.is_distinct_from(release_at)
    )
    if tx.execute(sa.update(Allocation).where(mine).values(release_at=release_at)).rowcount:
        note(tx, "seats.release_moved", allocation_id, by=by, now=now, at=release_at)


def require_ahead(release_at: int | None, now: int) -> None:
    if release_at is not None and release_at <= now:
        raise BadInput("release_at", "放回的时间要在以后。", "The time of release has to be ahead.")


def require_of(tx: Tx, allocation_id: str, performance_id: str) -> None:
    """NotFound for another performance's: one plan's seats have the same ids on every night."""
    query = sa.select(Allocation.performance_id).where(Allocation.id == allocation_id)
    if tx.execute(query).scalar() != performance_id:
        raise NotFound()


def release(
    tx: Tx, performance_id: str, allocation_id: str, seats: Collection[str] = (),
    *, by: str, now: int,
) -> list[str]:  # fmt: skip
    """Let go of these seats, of all where none is named; return those that it still had. NotFound for
    another performance's.
    """
    require_of(tx, allocation_id, performance_id)
    mine = sa.and_(AllocatedSeat.allocation_id == allocation_id, OPEN)
    kept = tx.execute(sa.select(AllocatedSeat.seat_id).where(mine)).scalars()
    named = sorted(seat for seat in kept if not seats or seat in seats)
    let_go = [
        seat for seat in named if claim.release(tx, performance_id, seat, allocation_id, now=now)
    ]
    if let_go:
        change = sa.update(AllocatedSeat).where(mine, AllocatedSeat.seat_id.in_(let_go))
        tx.execute(change.values(released_at=now))
        note(tx, "seats.released", allocation_id, by=by, now=now, seats=len(let_go))
    return let_go


def release_due(tx: Tx, allocation_id: str, *, by: str, now: int) -> None:
    """Let go of all, if it is time still: somebody may have moved it meanwhile."""
    due = sa.and_(Allocation.id == allocation_id, Allocation.release_at <= now)
    query = sa.select(Allocation.performance_id).where(due).with_for_update()
    if performance_id := tx.execute(query).scalar():
        release(tx, performance_id, allocation_id, by=by, now=now)


def to_release(tx: Tx, now: int) -> list[str]:
    """Return the allocations whose time is over and that have seats still."""
    query = (
        sa.select(Allocation.id)
        .where(Allocation.release_at <= now)
        .where(sa.exists().where(AllocatedSeat.allocation_id == Allocation.id, OPEN))
    )
    return list(tx.execute(query.order_by(Allocation.release_at)).scalars())
