"""A party that can sit nowhere together: over few fragments, near each other, at the least cost.

Branch and bound. A set of runs of free seats, any two of them near, is looked at only if it has room
and its best thinkable cost is below what was found; the best runs come first. How the party spreads
over a set is settled by trying, for each two of its runs, every way to share their members. Of two
runs that is exact; of more, and where there are more sets than ENOUGH work can see, nearly so.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from ticketing.inventory.search.objective import (
    Fragment,
    cost,
    cost_apart,
    cost_together,
    least_apart,
)
from ticketing.inventory.search.rows import Block, Rows, Run

ENOUGH = 12_000  # steps, once an answer is known
LOOK = 40  # steps, as long as a closer look takes


class Place(NamedTuple):
    """A fragment at its place in a run; ``own``: its view and orphans as part of the cost."""

    own: float
    run: Run
    start: int
    fragment: Fragment

    @property
    def odd(self) -> int:
        return self.run.odd(self.start, self.fragment.size)

    @property
    def seats(self) -> list[str]:
        return self.run.block.ids[self.start : self.start + self.fragment.size]


class Search:
    """One party's; ``found`` are ways to seat it, with their costs."""

    def __init__(self, plan_rows: Rows, party: int, free: list[Run]) -> None:
        self.rows, self.party = plan_rows, party
        self.least = {run: min(run.block.lacks[run.start : run.end]) for run in free}
        self.free = sorted(free, key=self.least.__getitem__)
        self.rank = {run: n for n, run in enumerate(self.free)}
        self.in_block: dict[int, list[Run]] = {}
        for run in sorted(free, key=lambda run: -run.length):
            self.in_block.setdefault(run.block.number, []).append(run)
        self.sizes = {
            number: (sum(run.length for run in some), some[0].length)
            for number, some in self.in_block.items()
        }
        self.near: dict[int, tuple[int, int]] = {}
        self.menus: dict[tuple[Run, int], list[Place]] = {}
        self.found: list[tuple[float, list[Place]]] = []
        self.best = inf
        self.steps = 0

    def split(self, around: Sequence[Run] = ()) -> list[tuple[float, list[Place]]]:
        """``around``: runs about wheelchair places, of which the party needs exactly one."""
        seeds = [seed for seed in around or self.free if self._enough(seed, self.party)]
        for parts in range(2, self.party + 1):
            for seed in seeds:
                floor = least_apart(self.party, parts) + self.least.get(seed, 0.0)
                if floor >= self.best or (self.found and self.steps > ENOUGH):
                    break
                if self._enough(seed, parts):
                    for runs in self._sets([seed], self._others(seed), parts - 1):
                        self._look(runs)
        return self.found

    def _enough(self, seed: Run, parts: int) -> bool:
        """Say whether there may be room for all in so many runs near the seed."""
        room, longest = self._near(seed.block)
        missing = self.party - seed.length
        return missing <= (parts - 1) * longest and self.party <= room + seed.last - seed.first

    def _near(self, block: Block) -> tuple[int, int]:
        """Return how many seats are free near a block, and how long their longest run is."""
        if block.number not in self.near:
            near = [self.sizes[n] for n in self.rows.near(block) if n in self.sizes]
            room = sum(size for size, _ in near)
            self.near[block.number] = room, max((most for _, most in near), default=0)
        return self.near[block.number]

    def _others(self, seed: Run) -> list[Run]:
        """Return what may be added, the longest first; the seed is the best of its set."""
        rank, number = self.rank.get(seed, -1), seed.block.number
        others = [
            run
            for near in self.rows.near(seed.block)
            for run in self.in_block.get(near, ())
            if self.rank[run] > rank
            and (near != number or run.end <= seed.start or run.start >= seed.end)
        ]
        return sorted(others, key=lambda run: -run.length)

    def _sets(self, chosen: list[Run], others: list[Run], parts: int) -> Iterator[list[Run]]:
        """Yield the runs chosen with so many others, near each other and with room for all."""
        missing = self.party - sum(run.length for run in chosen)
        for n, run in enumerate(others):
            if run.length * parts < missing:
                break
            self.steps += 1
            if parts == 1:
                yield [*chosen, run]
                continue
            near = set(self.rows.near(run.block))
            rest = [other for other in others[n + 1 :] if other.block.number in near]
            yield from self._sets([*chosen, run], rest, parts - 1)

    def _look(self, runs: list[Run]) -> None:
        if self._floor(runs) >= self.best:
            return
        self.steps += LOOK
        total, places = self._spread(runs)
        if total < inf:
            self.found.append((total, places))
            self.best = min(self.best, total)

    def _floor(self, runs: list[Run]) -> float:
        """Return a cost that no way to sit in these runs is below."""
        lack, left = 0.0, self.party
        for run in sorted(runs, key=lambda run: self.least.get(run, 0.0)):
            lack += self.least.get(run, 0.0) * min(run.length, left)
            left -= min(run.length, left)
        return cost_together(self.party, lack, 0) + least_apart(self.party, len(runs))

    def _spread(self, runs: list[Run]) -> tuple[float, list[Place]]:
        """Return the least cost found in these runs, and who sits where."""
        places = self._any_way(runs)
        best = cost([place.fragment for place in places]) if places else inf
        better = bool(places)
        while better:
            better = False
            for a, b in combinations(range(len(places)), 2):
                others = [place for n, place in enumerate(places) if n not in (a, b)]
                total, pair = self._share(places[a], places[b], others, best)
                if total < best - 1e-12:
                    best, better = total, True
                    places[a], places[b] = pair
        return best, places

    def _any_way(self, runs: list[Run]) -> list[Place]:
        sizes = [max(run.last - run.first, 1) for run in runs]
        left = self.party - sum(sizes)
        if left < 0:
            return []
        for n, run in enumerate(runs):
            more = min(run.length - sizes[n], left)
            sizes[n], left = sizes[n] + more, left - more
        return [self._menu(run, size)[0] for run, size in zip(runs, sizes, strict=True)]

    def _share(
        self, a: Place, b: Place, others: list[Place], best: float
    ) -> tuple[float, tuple[Place, Place]]:
        """Return the best way for two fragments to share their members anew."""
        pair, members = (a, b), a.fragment.size + b.fragment.size
        own = sum(place.own for place in others)
        fragments = [place.fragment for place in others]
        sizes = [each.size for each in fragments]
        for size in range(max(1, members - b.run.length), min(a.run.length, members - 1) + 1):
            rest = members - size
            floor = own + cost_apart([*sizes, size, rest])
            for one in self._menu(a.run, size):
                for other in self._menu(b.run, rest):
                    if floor + one.own + other.own >= best:
                        break
                    total = cost([*fragments, one.fragment, other.fragment])
                    if total < best:
                        best, pair = total, (one, other)
        return best, pair

    def _menu(self, run: Run, size: int) -> list[Place]:
        """Return the places for so many in a run, the best first."""
        if (run, size) not in self.menus:
            fragments = [(start, run.fragment(start, size)) for start in run.starts(size)]
            self.menus[run, size] = sorted(
                (
                    Place(cost_together(self.party, each.lack, each.orphans), run, start, each)
                    for start, each in fragments
                ),
                key=lambda place: place.own,
            )
        return self.menus[run, size]
