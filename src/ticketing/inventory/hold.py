"""A buyer's minutes: hold seats, change the choice, give it back. Expiry needs nobody."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest, new_secret
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.inventory.best_available import choose
from ticketing.inventory.claim import claim, give_back
from ticketing.inventory.models import Hold, PerformanceSeat
from ticketing.inventory.orphans import refuse_orphans
from ticketing.inventory.seat_map import taken_seats
from ticketing.inventory.seating import Seating, seating
from ticketing.programme.on_sale import Terms, require_on_sale
from ticketing.programme.queries import zone_of
from ticketing.venues.plan import Plan
from ticketing.venues.queries import plan as read_plan


class HoldLapsed(Refused):
    type = "hold-lapsed"
    zh = "为你留座的时间已到，座位已放回。请重新选座。"
    en = "Your time is up and the seats were given back: please choose again."


class HouseFull(Refused):
    type = "house-full"
    zh = "没有 {quantity} 个挨在一起的座位了，可以分开选，或换一场。"
    en = "There are no {quantity} seats near each other left: choose them apart, or another performance."


class NoWheelchairPlace(HouseFull):
    zh = "没有能坐下这 {quantity} 个人的轮椅席了。请联系票房，我们一起想办法。"
    en = "No wheelchair place with room for {quantity} is left. Please ask the box office: we will help."


class TooManySeats(Refused):
    status = 422
    type = "too-many-seats"
    zh = "一次最多选 {most} 个座位。"
    en = "At most {most} seats at a time."


@dataclass(frozen=True, slots=True)
class Held:
    """What the buyer is told. ``token`` is known to the buyer alone."""

    token: str
    performance_id: str
    seats: list[str]
    held_until: int
    zone: str  # the venue's
    seating: Seating | None = None  # of the best seats


PLACE = Statement(sa.insert(Hold))
FIND = Statement(
    sa.select(Hold.performance_id, Hold.held_until, Hold.released_at, Hold.ordered_at).where(
        Hold.id == sa.bindparam("id")
    )
)
MINE = Statement(  # locks in seat order, as every writer of seats does first
    sa.select(PerformanceSeat.seat_id)
    .where(
        PerformanceSeat.performance_id == sa.bindparam("performance_id"),
        PerformanceSeat.hold_id == sa.bindparam("hold_id"),
        PerformanceSeat.order_id.is_(None),
        PerformanceSeat.held_until > sa.bindparam("now"),
    )
    .order_by(PerformanceSeat.seat_id)
    .with_for_update()
)
RELEASE = Statement(
    sa.update(Hold)
    .where(Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None))
    .values(released_at=sa.bindparam("now"))
)


def hold(
    tx: Tx, performance_id: str, seats: list[str],
    *, by: str, now: int, minutes: int, may_orphan: bool = False,
) -> Held:  # fmt: skip
    """Hold exactly these seats, all or none; ``may_orphan``: a single seat may be left beside them."""
    sale = require_on_sale(tx, performance_id, now)
    plan = check_seats(tx, sale, seats)
    if not may_orphan:
        refuse_orphans(tx, performance_id, plan, seats, now=now)
    return _place(tx, performance_id, sale, seats, by=by, now=now, minutes=minutes)


def hold_best(
    tx: Tx, performance_id: str, quantity: int, sections: list[str] | None,
    *, by: str, now: int, minutes: int, rng: Random, accessible: bool = False,
) -> Held:  # fmt: skip
    """Hold the best seats near each other, in the sections where some are named."""
    sale = require_on_sale(tx, performance_id, now)
    check_count(sale, quantity)
    plan = read_plan(tx, sale.plan_id)
    taken = taken_seats(tx, performance_id, now)
    found = choose(
        plan, taken, quantity, sections=frozenset(sections or ()), accessible=accessible, rng=rng
    )
    if found is None:
        raise (NoWheelchairPlace if accessible else HouseFull)(quantity=quantity)
    held = _place(tx, performance_id, sale, found, by=by, now=now, minutes=minutes)
    return replace(held, seating=seating(plan, found))


def change(tx: Tx, token: str, add: list[str], drop: list[str], *, now: int) -> Held:
    """Add seats to a hold and drop others, all or nothing; its time stays."""
    performance_id, held_until, seats = mine(tx, token, now)
    sale = require_on_sale(tx, performance_id, now)
    left = [seat for seat in seats if seat not in set(drop)]
    if set(drop) - set(seats):
        raise BadInput(
            "drop", "要放回的座位不在你的选择里。", "A seat to drop is not in your hold."
        )
    plan = check_seats(tx, sale, left + add)
    refuse_orphans(tx, performance_id, plan, left + add, seats, now=now)
    for seat in sorted(drop):
        give_back(tx, performance_id, seat, digest(token), now=now)
    if add:
        claim(tx, performance_id, sale.plan_id, add, digest(token), until=held_until, now=now)
    return Held(token, performance_id, sorted(left + add), held_until, zone_of(tx, performance_id))


def release(tx: Tx, token: str, *, now: int) -> None:
    """Give everything back; harmless when repeated or too late."""
    performance_id, _, seats = mine(tx, token, now, lapsed=True)
    if tx.run(RELEASE, hold=digest(token), now=now):
        for seat in seats:
            give_back(tx, performance_id, seat, digest(token), now=now)


def mine(tx: Tx, token: str, now: int, *, lapsed: bool = False) -> tuple[str, int, list[str]]:
    """Lock and return (performance, held until, seats) of a running hold."""
    found = tx.first(FIND, id=digest(token))
    if found is None:
        raise NotFound()
    named = {"performance_id": found[0], "hold_id": digest(token)}
    seats = [seat for (seat,) in tx.all(MINE, **named, now=now)]
    # asked again: an order may have been placed for it while we waited for its seats
    row = tx.first(FIND, id=digest(token))
    assert row
    performance_id, held_until, released_at, ordered_at = row
    over = released_at is not None or ordered_at is not None or held_until <= now
    if over and not lapsed:
        raise HoldLapsed()
    return performance_id, held_until, seats


def check_count(sale: Terms, count: int) -> None:
    if count < 1:
        raise BadInput("seats", "请至少选一个座位。", "Please choose at least one seat.")
    if count > sale.most_per_order:
        raise TooManySeats(most=sale.most_per_order)


def check_seats(tx: Tx, sale: Terms, seats: list[str]) -> Plan:
    """Return the plan that they are on."""
    check_count(sale, len(seats))
    if len(set(seats)) != len(seats):
        raise BadInput("seats", "同一个座位选了两次。", "A seat is named twice.")
    plan = read_plan(tx, sale.plan_id)
    if any(seat not in plan.by_id for seat in seats):
        raise BadInput(
            "seats", "有座位不属于这一场。", "A seat does not belong to this performance."
        )
    return plan


def _place(
    tx: Tx, performance_id: str, sale: Terms, seats: list[str], *, by: str, now: int, minutes: int
) -> Held:
    token, until = new_secret(), now + minutes * MINUTE
    values: dict[str, Any] = {"placed_at": now, "held_until": until, "client": by}
    tx.run(PLACE, id=digest(token), performance_id=performance_id, **values)
    claim(tx, performance_id, sale.plan_id, seats, digest(token), until=until, now=now)
    return Held(token, performance_id, sorted(seats), until, zone_of(tx, performance_id))
