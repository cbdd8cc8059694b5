"""The least cost of seats for a party, found by trying every set of seats there is.

It shares the objective with the search and nothing else.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import combinations, pairwise
from math import inf

from ticketing.inventory.search.objective import Fragment, cost, near
from ticketing.seating.plan import Plan, Seat

Spot = tuple[int, int]  # block, and which seat of it


class Hall:
    def __init__(self, plan: Plan, taken: Set[str]) -> None:
        self.blocks = plan.blocks
        self.spots = {
            seat.id: (n, at) for n, block in enumerate(plan.blocks) for at, seat in enumerate(block)
        }
        self.free = sorted(
            self.spots[seat.id] for seat in plan.seats if seat.id not in taken and ordinary(seat)
        )
        self.taken = {self.spots[seat] for seat in taken}
        self.near = {
            (a, b)
            for a, one in enumerate(self.blocks)
            for b, other in enumerate(self.blocks)
            if a == b or near(one, other)
        }

    def least_cost(self, party: int, *, accessible: bool) -> float:
        """Return infinity where the party finds no seats; split only where nowhere together."""
        together = split = inf
        for spots in self._sets(party, accessible=accessible):
            parts = fragments(sorted(spots))
            if len(parts) == 1:
                together = min(together, self._cost(parts))
            elif together == inf and self._are_near(parts):
                split = min(split, self._cost(parts))
        return together if together < inf else split

    def cost(self, seats: Sequence[str]) -> float:
        return self._cost(fragments(sorted(self.spots[seat] for seat in seats)))

    def _sets(self, party: int, *, accessible: bool) -> Iterator[tuple[Spot, ...]]:
        for unit in self._units(party) if accessible else [()]:
            for rest in combinations(self.free, party - len(unit)):
                yield unit + rest

    def _units(self, party: int) -> Iterator[tuple[Spot, ...]]:
        """Yield the free wheelchair places; for two or more with the companion's after it."""
        for n, block in enumerate(self.blocks):
            for at, seat in enumerate(block):
                if "wheelchair" in seat.attributes:
                    beside = block[at + 1 : at + 2]
                    pair = party > 1 and beside and "companion" in beside[0].attributes
                    unit = ((n, at), (n, at + 1)) if pair else ((n, at),)
                    if self.taken.isdisjoint(unit):
                        yield unit

    def _are_near(self, parts: list[list[Spot]]) -> bool:
        return all((a[0][0], b[0][0]) in self.near for a, b in combinations(parts, 2))

    def _cost(self, parts: list[list[Spot]]) -> float:
        mine = {spot for part in parts for spot in part}
        left = set(self.free) - mine
        orphans = len(singles(left) - singles(set(self.free)))
        rated = [self._rate(part) for part in parts]
        return cost([rated[0]._replace(orphans=orphans), *rated[1:]])

    def _rate(self, part: list[Spot]) -> Fragment:
        seats = [self.blocks[n][at] for n, at in part]
        size, lack = len(seats), sum(1 - seat.quality for seat in seats)
        middle = (sum(seat.x for seat in seats) / size, sum(seat.y for seat in seats) / size)
        return Fragment(size, lack, *middle, 0)


def fragments(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Return the groups that sit side by side."""
    found = [[spot] for spot in spots[:1]]
    for (n, at), spot in pairwise(spots):
        if spot == (n, at + 1):
            found[-1].append(spot)
        else:
            found.append([spot])
    return found


def singles(free: Set[Spot]) -> set[Spot]:
    """Return the free seats without a free neighbour."""
    return {(n, at) for n, at in free if free.isdisjoint({(n, at - 1), (n, at + 1)})}


def ordinary(seat: Seat) -> bool:
    return not {"wheelchair", "companion"} & set(seat.attributes)
