"""Wheelchair places: each one unit with its companion's place, given only to who asks for it."""

from collections.abc import Iterator, Sequence, Set

from ticketing.inventory.search.rows import Block, Run
from ticketing.seating.plan import Seat


def unit_runs(block: Block, taken: Set[str], party: int) -> Iterator[Run]:
    """Yield each free unit with its free neighbours; who comes alone needs no companion's place."""
    if not block.kept:
        return
    closed = block.closed(taken)
    for first, last in units(block.seats, alone=party == 1):
        if taken.isdisjoint(block.ids[first:last]):
            start = closed.rfind(1, 0, first) + 1
            end = closed.find(1, last)
            yield Run(block, start, end if end >= 0 else len(closed), first, last)


def units(seats: Sequence[Seat], *, alone: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where each unit begins and ends in a block; no companion's place is in two units."""
    claimed = -1
    for n, seat in enumerate(seats):
        if "wheelchair" not in seat.attributes:
            continue
        if alone:
            yield n, n + 1
        elif n - 1 > claimed and "companion" in seats[n - 1].attributes:
            yield n - 1, n + 1
        elif "companion" in (seats[n + 1].attributes if n + 1 < len(seats) else ()):
            claimed = n + 1
            yield n, n + 2
        else:
            yield n, n + 1
