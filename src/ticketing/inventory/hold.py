"""A buyer's minutes: hold seats. What many want at one instant is decided in one transaction.

What is taken is read once, the wishes are decided in memory in their turn, and all that is granted is
claimed at the end. The claim has the last word: where another process was quicker nothing is
stored, and the desk tries each wish alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from ticketing.desk.db import Tx
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest, new_secret
from ticketing.foundation.errors import Refused
from ticketing.inventory.alternatives import quicker
from ticketing.inventory.claim import Claim, claim_all
from ticketing.inventory.hold_record import Held, StoredHold, told
from ticketing.inventory.hold_request import BestSeats, HandPicked, HoldRequest
from ticketing.inventory.limit import count_holds
from ticketing.inventory.models import Hold
from ticketing.inventory.performance_seats import PerformanceSeats
from ticketing.inventory.search.seating import seating


def hold(
    tx: Tx, performance_id: str, seats: Sequence[str],
    *, by: str, network: str = "", now: int, minutes: int, at_desk: bool = False,
) -> Held:  # fmt: skip
    """Hold exactly these seats, all or none."""
    wish = HandPicked(by=by, network=network, minutes=minutes, seats=seats)
    return hold_alone(tx, performance_id, wish, now=now, at_desk=at_desk)


def hold_best(
    tx: Tx, performance_id: str, quantity: int, sections: Sequence[str] | None,
    *, by: str, now: int, minutes: int, rng: Random,
) -> Held:  # fmt: skip
    """Hold the best seats near each other, in the sections where some are named."""
    where = frozenset(sections or ())
    wish = BestSeats(by=by, minutes=minutes, quantity=quantity, sections=where, rng=rng)
    return hold_alone(tx, performance_id, wish, now=now)


def hold_alone(
    tx: Tx, performance_id: str, wish: HoldRequest, *, now: int, at_desk: bool = False
) -> Held:
    (answer,) = hold_together(tx, performance_id, [wish], now=now, at_desk=at_desk)
    if isinstance(answer, Exception):
        raise answer
    return answer


def hold_together(
    tx: Tx, performance_id: str, wishes: Sequence[HoldRequest], *, now: int, at_desk: bool = False
) -> list[Held | Exception]:
    """Return for each wish its hold or its refusal; SeatsTaken, and nothing is stored, if the claim
    fails."""
    try:
        house = PerformanceSeats(tx, performance_id, now, at_desk=at_desk)
    except Refused as refused:
        return [refused] * len(wishes)
    house.look_at(seat for wish in wishes for seat in wish.looks_at(house.plan))
    found = [find(house, wish) for wish in wishes]
    found = limited(house, wishes, found)
    return store(house, wishes, found)


def find(house: PerformanceSeats, wish: HoldRequest) -> Sequence[str] | Refused:
    try:
        seats = wish.find(house)
    except Refused as refused:
        return refused
    house.grant(seats)
    return seats


Found = Sequence[Sequence[str] | Refused]


def limited(
    house: PerformanceSeats, wishes: Sequence[HoldRequest], found: Found
) -> list[Sequence[str] | Refused]:
    """Refuse those who hold too much already."""
    granted = [
        n for n, seats in enumerate(found)
        if not isinstance(seats, Refused) and wishes[n].network
    ]  # fmt: skip
    holders = [(wishes[n].by, wishes[n].network) for n in granted]
    refused = count_holds(house.tx, house.performance_id, house.sale, holders, now=house.now)
    over = dict(zip(granted, refused, strict=True))
    return [over.get(n) or seats for n, seats in enumerate(found)]


def store(
    house: PerformanceSeats, wishes: Sequence[HoldRequest], found: Found
) -> list[Held | Exception]:
    answers: list[Held | Exception] = []
    holds, claims = [], []
    for wish, seats in zip(wishes, found, strict=True):
        if isinstance(seats, Refused):
            answers.append(seats)
            continue
        token, until = new_secret(), house.now + wish.minutes * MINUTE
        mine = StoredHold(digest(token), house.performance_id, until, 0, None, None)
        holds.append(
            mine._asdict() | {"placed_at": house.now, "client": wish.by, "network": wish.network}
        )
        claims += [Claim(seat, mine.id, until) for seat in seats]
        held = told(token, mine, house.sale, list(seats))
        if isinstance(wish, BestSeats):
            held = replace(held, seating=seating(house.plan, seats))
        answers.append(held)
    house.tx.add(Hold, holds)
    lost = claim_all(house.tx, house.performance_id, house.sale.plan_id, claims, now=house.now)
    if lost:
        raise quicker(
            PerformanceSeats(house.tx, house.performance_id, house.now),
            [each.seat for each in claims],
            lost,
        )
    return answers
