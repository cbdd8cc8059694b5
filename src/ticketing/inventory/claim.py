"""Whose a seat is: the only writer of performance_seat.

A claim is one conditional statement, the same text on both databases.

It inserts a seat's row, or takes the row over where nobody else has the seat. A seat missing from its
answer is taken. Seats are claimed, locked and sold in the order of their ids, everywhere: two buyers
can wait for each other, never in a circle.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from typing_extensions import override

from ticketing.desk.db import INSERT, Statement, Tx
from ticketing.foundation.errors import Refused
from ticketing.inventory.models import PerformanceSeat, taken

SEAT = PerformanceSeat
HERE = SEAT.performance_id == sa.bindparam("performance")
# Of one performance, but that is not said: SQLite would read all its seats and not the hold's index.
MINE = sa.and_(SEAT.hold_id == sa.bindparam("hold"), SEAT.order_id.is_(None))


class SeatsTaken(Refused):
    """``seats``: the ids that somebody else has; ``offer``: as many that are as good, see ``offer``."""

    type = "seats-taken"
    zh = "有 {count} 个座位刚被别人选走，请换几个。"
    en = "Somebody else has just taken {count} of these seats: please choose others."

    def __init__(self, seats: list[str], offer: list[str] | None = None) -> None:
        super().__init__(seats=seats, count=len(seats), offer=offer)

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {"seats": self.fields["seats"], "offer": self.fields["offer"]}


class Claim(NamedTuple):
    """A seat for a hold, until then."""

    seat: str
    hold: str
    until: int


FEW, MANY = 20, 64  # seats in one statement: any number up to the most of a party, or so many


@cache
def statement(dialect: str, count: int) -> Statement:
    seat = PerformanceSeat
    rows: list[dict[str, Any]] = [
        {
            "performance_id": sa.bindparam("performance_id"), "plan_id": sa.bindparam("plan_id"),
            "seat_id": sa.bindparam(f"seat_{n}"), "hold_id": sa.bindparam(f"hold_{n}"),
            "held_until": sa.bindparam(f"until_{n}"), "changed_at": sa.bindparam("now"),
        }
        for n in range(count)
    ]  # fmt: skip
    insert = INSERT[dialect](seat).values(rows)
    new = insert.excluded
    mine = sa.and_(seat.hold_id == new.hold_id, seat.order_id.is_(None), seat.allocation.is_(None))
    return Statement(
        insert.on_conflict_do_update(
            index_elements=[seat.performance_id, seat.seat_id],
            set_={name: getattr(new, name) for name in ("hold_id", "held_until", "changed_at")},
            where=sa.or_(sa.not_(taken(sa.bindparam("now", type_=sa.BigInteger))), mine),
        ).returning(seat.seat_id)
    )


def claim(
    tx: Tx, performance_id: str, plan_id: str, seats: list[str], hold_id: str,
    *, until: int, now: int,
) -> None:  # fmt: skip
    """Give all the seats to the hold until then, or none: SeatsTaken."""
    claims = [Claim(seat, hold_id, until) for seat in seats]
    if lost := claim_all(tx, performance_id, plan_id, claims, now=now):
        raise SeatsTaken(lost)


def claim_all(
    tx: Tx, performance_id: str, plan_id: str, claims: Sequence[Claim], *, now: int
) -> list[str]:
    """Claim seats for one hold or several; return those that somebody else has."""
    ordered, lost = sorted(claims), []
    tx.touched.add(performance_id)
    while ordered:
        count = MANY if len(ordered) >= MANY else min(len(ordered), FEW)
        part, ordered = ordered[:count], ordered[count:]
        shared = {"performance_id": performance_id, "plan_id": plan_id, "now": now}
        rows = tx.all(statement(tx.dialect, count), **shared, **numbered(part))
        got = {seat for (seat,) in rows}
        lost += [each.seat for each in part if each.seat not in got]
    return lost


def numbered(claims: Sequence[Claim]) -> dict[str, Any]:
    return {f"{name}_{n}": v for n, each in enumerate(claims) for name, v in each._asdict().items()}


GIVE_BACK = Statement(
    sa.update(SEAT)
    .where(HERE, SEAT.seat_id == sa.bindparam("seat"), MINE)
    .values(hold_id=None, held_until=0, changed_at=sa.bindparam("now"))
)
KEEP = Statement(
    sa.update(SEAT)
    .where(MINE)
    .values(held_until=sa.bindparam("until"), changed_at=sa.bindparam("now"))
)
SELL = Statement(
    sa.update(SEAT)
    .where(MINE, SEAT.allocation.is_(None), SEAT.held_until > sa.bindparam("now"))
    .values(order_id=sa.bindparam("order"), changed_at=sa.bindparam("now"))
)
ALLOCATE = Statement(
    sa.update(SEAT).where(MINE).values(allocation=sa.bindparam("hold"), hold_id=None, held_until=0)
)
RELEASE = Statement(
    sa.update(SEAT)
    .where(HERE, SEAT.seat_id == sa.bindparam("seat"), SEAT.allocation == sa.bindparam("of"))
    .values(allocation=None, changed_at=sa.bindparam("now"))
)
TAKE_BACK = Statement(
    sa.update(SEAT)
    .where(HERE, SEAT.seat_id == sa.bindparam("seat"), SEAT.order_id == sa.bindparam("order"))
    .values(
        order_id=None, hold_id=None, held_until=sa.bindparam("until"),
        changed_at=sa.bindparam("now"),
    )
)  # fmt: skip


WAITING = Statement(
    sa.update(SEAT)
    .where(
        HERE, SEAT.hold_id.is_(None), SEAT.order_id.is_(None), SEAT.allocation.is_(None),
        SEAT.held_until > sa.bindparam("now"),
    )
    .values(held_until=sa.bindparam("until"), changed_at=sa.bindparam("now"))
)  # fmt: skip


def give_back(tx: Tx, performance_id: str, seat: str, hold_id: str, *, now: int) -> None:
    """Free one unsold seat of a hold."""
    tx.touched.add(performance_id)
    tx.run(GIVE_BACK, performance=performance_id, seat=seat, hold=hold_id, now=now)


def keep(tx: Tx, performance_id: str, hold_id: str, *, until: int, now: int) -> None:
    """Keep the unsold seats of a hold until then; 0 frees them all."""
    tx.touched.add(performance_id)
    tx.run(KEEP, hold=hold_id, until=until, now=now)


def sell(tx: Tx, performance_id: str, hold_id: str, order_id: str, *, now: int) -> int:
    """Sell the seats of a running hold; return how many that were."""
    tx.touched.add(performance_id)
    return tx.run(SELL, hold=hold_id, order=order_id, now=now)


def move_returns(tx: Tx, performance_id: str, *, until: int, now: int) -> int:
    """Let returned seats that wait for their time wait until another, or not at all: 0. Return how many."""
    tx.touched.add(performance_id)
    return tx.run(WAITING, performance=performance_id, until=until, now=now)


def allocate(
    tx: Tx, performance_id: str, plan_id: str, seats: list[str], allocation_id: str, *, now: int
) -> None:
    """Keep all the seats for an allocation, or none: SeatsTaken."""
    claim(tx, performance_id, plan_id, seats, allocation_id, until=now + 1, now=now)
    tx.run(ALLOCATE, hold=allocation_id)


def release(tx: Tx, performance_id: str, seat: str, allocation_id: str, *, now: int) -> bool:
    """Return whether the allocation had the seat, which is free now."""
    tx.touched.add(performance_id)
    return tx.run(RELEASE, performance=performance_id, seat=seat, of=allocation_id, now=now) == 1


def take_back(
    tx: Tx, performance_id: str, order_id: str, seats: Iterable[str], *, until: int = 0, now: int
) -> None:
    """Take back sold seats of an order, one by one in seat order; nobody has them before ``until``."""
    tx.touched.add(performance_id)
    same = {"performance": performance_id, "order": order_id, "until": until, "now": now}
    for seat in sorted(seats):
        tx.run(TAKE_BACK, seat=seat, **same)
