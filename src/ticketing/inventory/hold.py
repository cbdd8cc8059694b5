"""A buyer's minutes: hold seats, change the choice, give it back. Expiry needs nobody."""

from dataclasses import replace
from random import Random

import sqlalchemy as sa

from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest, new_secret
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import BadInput, Refused
from ticketing.inventory.best_available import choose
from ticketing.inventory.claim import claim, give_back
from ticketing.inventory.held import LOCK, Held, Mine, find, running, seats_of, told
from ticketing.inventory.limit import count_hold
from ticketing.inventory.models import Hold
from ticketing.inventory.offer import offering
from ticketing.inventory.orphans import refuse_orphans
from ticketing.inventory.seat_map import taken_seats
from ticketing.inventory.seating import seating
from ticketing.programme.on_sale import Offer, require_on_sale
from ticketing.venues.plan import Plan
from ticketing.venues.queries import plan as read_plan


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


PLACE = Statement(sa.insert(Hold))
RELEASE = Statement(
    sa.update(Hold)
    .where(Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None))
    .values(released_at=sa.bindparam("now"))
)


def hold(
    tx: Tx, performance_id: str, seats: list[str],
    *, by: str, network: str = "", now: int, minutes: int,
) -> Held:  # fmt: skip
    """Hold exactly these seats, all or none. ``network``: "" at the counter, which no rule binds."""
    sale = require_on_sale(tx, performance_id, now)
    plan = check_seats(tx, sale, seats)
    if network:
        refuse_orphans(tx, performance_id, plan, seats, now=now)
    with offering(tx, performance_id, sale.plan_id, seats, now=now):
        return _place(
            tx, performance_id, sale, seats, by=by, network=network, now=now, minutes=minutes
        )


def hold_best(
    tx: Tx, performance_id: str, quantity: int, sections: list[str] | None,
    *, by: str, network: str = "", now: int, minutes: int, rng: Random, accessible: bool = False,
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
    held = _place(tx, performance_id, sale, found, by=by, network=network, now=now, minutes=minutes)
    return replace(held, seating=seating(plan, found))


def change(tx: Tx, token: str, add: list[str], drop: list[str], *, now: int) -> Held:
    """Add seats to a hold and drop others, all or nothing; its time stays."""
    mine = running(tx, token, now)
    performance_id, until = mine.performance_id, mine.held_until
    seats = seats_of(tx, mine, now)
    sale = require_on_sale(tx, performance_id, now)
    if set(drop) - set(seats):
        raise BadInput(
            "drop", "要放回的座位不在你的选择里。", "A seat to drop is not in your hold."
        )
    wanted = [seat for seat in seats if seat not in set(drop)] + add
    plan = check_seats(tx, sale, wanted)
    refuse_orphans(tx, performance_id, plan, wanted, seats, now=now)
    with offering(tx, performance_id, sale.plan_id, wanted, now=now):
        touched = sorted({*seats, *add})  # old and new in one order, or two who swap would deadlock
        claim(tx, performance_id, sale.plan_id, touched, mine.id, until=until, now=now)
    for seat in sorted(drop):
        give_back(tx, performance_id, seat, mine.id, now=now)
    return told(token, mine, sale, wanted)


def release(tx: Tx, token: str, *, now: int) -> None:
    """Give everything back; harmless when repeated or too late."""
    mine = find(tx, token)
    if tx.run(RELEASE, hold=mine.id, now=now):
        for seat in seats_of(tx, mine, now, LOCK):
            give_back(tx, mine.performance_id, seat, mine.id, now=now)


def check_count(sale: Offer, count: int) -> None:
    if count < 1:
        raise BadInput("seats", "请至少选一个座位。", "Please choose at least one seat.")
    if count > sale.most_per_order:
        raise TooManySeats(most=sale.most_per_order)


def check_seats(tx: Tx, sale: Offer, seats: list[str]) -> Plan:
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
    tx: Tx, performance_id: str, sale: Offer, seats: list[str],
    *, by: str, network: str, now: int, minutes: int,
) -> Held:  # fmt: skip
    if network:
        count_hold(tx, performance_id, sale, client=by, network=network, now=now)
    token = new_secret()
    mine = Mine(digest(token), performance_id, now + minutes * MINUTE, 0, None, None)
    tx.run(PLACE, **mine._asdict(), placed_at=now, client=by, network=network)
    claim(tx, performance_id, sale.plan_id, seats, mine.id, until=mine.held_until, now=now)
    return told(token, mine, sale, seats)
