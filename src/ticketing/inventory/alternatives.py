"""Somebody was quicker: the nearest equal seats, in the refusal itself.

As many seats in the same price band, together where they were together, nearest to what was wanted.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from math import hypot
from typing import NamedTuple

from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.orphans import mended
from ticketing.inventory.performance_seats import PerformanceSeats
from ticketing.seating.plan import Plan, Seat

Party = Sequence[Seat]
SPECIAL = {"wheelchair", "companion"}  # only in place of one another


class Stretch(NamedTuple):
    """A block of neighbours and the corners of its place in the room, metres."""

    block: Party
    left: float
    right: float
    top: float
    bottom: float

    def beyond(self, x: float, y: float) -> float:
        """Return how far a point is from it at least."""
        beside = max(self.left - x, x - self.right, 0.0)
        return hypot(beside, max(self.top - y, y - self.bottom, 0.0))


@contextmanager
def offering(house: PerformanceSeats, wanted: Sequence[str]) -> Iterator[None]:
    """Let SeatsTaken tell what is as good as all that was wanted."""
    try:
        yield
    except SeatsTaken as refused:
        raise quicker(house, wanted, refused.fields["seats"]) from None


def quicker(house: PerformanceSeats, wanted: Sequence[str], lost: Collection[str]) -> SeatsTaken:
    """Return the refusal of a wish whose ``lost`` seats others have; it offers None for nothing."""
    taken = house.taken - (set(wanted) - set(lost))
    found = nearest(house.plan, house.bands, wanted, lambda seat: seat.id not in taken)
    return SeatsTaken(sorted(lost), found and sorted(mended(house.plan, taken, found)))


def nearest(
    plan: Plan, bands: Mapping[str, str], wanted: Sequence[str], free: Callable[[Seat], bool]
) -> list[str] | None:
    """``bands``: price band by section. None where there are no such seats."""
    found: set[str] = set()

    def open_to(seat: Seat) -> bool:
        return free(seat) and seat.id not in found

    def order(party: Party) -> tuple[bool, int]:
        return not all(map(free, party)), -len(party)  # who lost nothing stays; large parties first

    for party in sorted(parties(plan, wanted), key=order):
        near = instead(plan, bands, party, open_to)
        if near is None:
            return None
        found |= {seat.id for seat in near}
    return sorted(found)


def parties(plan: Plan, wanted: Sequence[str]) -> list[Party]:
    """Return those who sit side by side; where places have no numbers, all of the section."""
    known = places(plan)
    seats = sorted(wanted, key=known.__getitem__)

    def together(pair: tuple[int, str]) -> tuple[int, int]:
        nth, (block, place) = pair[0], known[pair[1]]
        numbered = plan.section(plan.by_id[pair[1]].section).numbered
        return block, place - nth if numbered else 0

    return [
        [plan.by_id[seat] for _, seat in pairs] for _, pairs in groupby(enumerate(seats), together)
    ]


def instead(
    plan: Plan, bands: Mapping[str, str], party: Party, free: Callable[[Seat], bool]
) -> Party | None:
    x, y = middle(party)
    band, special = bands.get(party[0].section), specials(party)
    same = [each for each in stretches(plan) if bands.get(each.block[0].section) == band]
    best, least = None, float("inf")
    for stretch in sorted(same, key=lambda each: each.beyond(x, y)):
        if stretch.beyond(x, y) >= least:
            break
        for window in windows(plan, stretch.block, len(party), free):
            there = middle(window)
            far = hypot(there[0] - x, there[1] - y)
            if far < least and specials(window) == special:
                best, least = window, far
    return best


def windows(plan: Plan, block: Party, count: int, free: Callable[[Seat], bool]) -> Iterator[Party]:
    if not plan.section(block[0].section).numbered:
        block = [seat for seat in block if free(seat)]
    for start in range(len(block) - count + 1):
        if all(map(free, window := block[start : start + count])):
            yield window


def middle(party: Party) -> tuple[float, float]:
    return sum(seat.x for seat in party) / len(party), sum(seat.y for seat in party) / len(party)


def specials(party: Party) -> list[str]:
    return sorted(mark for seat in party for mark in seat.attributes if mark in SPECIAL)


@cache
def places(plan: Plan) -> dict[str, tuple[int, int]]:
    """Return the block of each seat, and its place in it."""
    return {
        seat.id: (n, place)
        for n, block in enumerate(plan.blocks)
        for place, seat in enumerate(block)
    }


@cache
def stretches(plan: Plan) -> list[Stretch]:
    return [
        Stretch(
            block, min(s.x for s in block), max(s.x for s in block),
            min(s.y for s in block), max(s.y for s in block),
        )
        for block in plan.blocks
    ]  # fmt: skip
