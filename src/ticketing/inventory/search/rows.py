"""The rows of a plan as the search for seats reads them: made once per plan and kept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import accumulate
from math import floor
from operator import or_, sub
from re import finditer
from typing import NamedTuple

from ticketing.inventory.search.objective import REACH, Fragment, near
from ticketing.seating.plan import Plan, Seat
from ticketing.seating.strain import strains

Probes = tuple[list[str], list[str]]
KEPT = {"wheelchair", "companion"}  # given only to who asks for them


class Block:
    """Seats one may sit along; ``lack``, ``x`` and ``y`` are sums from its beginning."""

    def __init__(self, seats: Sequence[Seat], number: int, lost: Mapping[str, float]) -> None:
        self.seats, self.number = seats, number
        self.section, self.row = seats[0].section, (seats[0].section, seats[0].row)
        self.ids = [seat.id for seat in seats]
        self.lacks = [1 - seat.quality + lost.get(seat.id, 0.0) for seat in seats]
        self.lack = list(accumulate(self.lacks, initial=0.0))
        self.x = list(accumulate((seat.x for seat in seats), initial=0.0))
        self.y = list(accumulate((seat.y for seat in seats), initial=0.0))
        kept = bytes(not KEPT.isdisjoint(seat.attributes) for seat in seats)
        self.kept = kept if any(kept) else b""

    def least(self, quantity: int) -> float:
        """Return the best view that so many could have here, as the mean of what it lacks."""
        least: float = min(map(sub, self.lack[quantity:], self.lack))
        return least / quantity

    def probes(self, quantity: int) -> Probes:
        """Return seats, twice, of which so many side by side have one: are all taken, none fits."""
        return self.ids[quantity - 1 :: quantity], self.ids[quantity // 2 :: quantity]

    def closed(self, taken: Set[str]) -> bytes:
        """Return a 1 for each seat that is taken or kept."""
        closed = bytes(map(taken.__contains__, self.ids))
        return bytes(map(or_, closed, self.kept)) if self.kept else closed


class Run(NamedTuple):
    """Free neighbours of a block, from ``start`` to before ``end``.

    Whoever sits here has the seats from ``first`` to before ``last`` among theirs: a wheelchair
    place and its companion's; none where the two are equal.
    """

    block: Block
    start: int
    end: int
    first: int = 0
    last: int = 0

    @property
    def length(self) -> int:
        return self.end - self.start

    def starts(self, size: int) -> range:
        """Return where so many may begin to sit."""
        if self.first == self.last:
            return range(self.start, self.end - size + 1)
        return range(max(self.start, self.last - size), min(self.first, self.end - size) + 1)

    def odd(self, start: int, size: int) -> int:
        """Return how many more odd runs there are once so many sit from there on."""
        left, right = start - self.start, self.end - start - size
        return left % 2 + right % 2 - self.length % 2

    def fragment(self, start: int, size: int) -> Fragment:
        """Return so many from there on. Beside a wheelchair place a single seat was single before."""
        end, block = start + size, self.block
        left = start - self.start == 1 and start != self.first
        right = self.end - end == 1 and end != self.last
        return Fragment(
            size,
            block.lack[end] - block.lack[start],
            (block.x[end] - block.x[start]) / size,
            (block.y[end] - block.y[start]) / size,
            left + right,
        )


class Rows:
    """The numbered blocks of a plan, and its places without numbers by section."""

    def __init__(self, plan: Plan) -> None:
        numbered = [seats for seats in plan.blocks if plan.section(seats[0].section).numbered]
        lost = strains(plan)
        self.blocks = [Block(seats, number, lost) for number, seats in enumerate(numbered)]
        self.open = [seats for seats in plan.blocks if not plan.section(seats[0].section).numbered]
        self._near: dict[int, list[int]] = {}
        self._by_view: dict[int, list[tuple[float, Probes, Block]]] = {}

    @cached_property
    def where(self) -> dict[str, tuple[Block, int]]:
        """Return the block of each numbered seat, and which of it that is."""
        return {id_: (block, n) for block in self.blocks for n, id_ in enumerate(block.ids)}

    @cached_property
    def in_row(self) -> dict[tuple[str, str], list[Block]]:
        """Return the blocks of each row, by section and row."""
        found: dict[tuple[str, str], list[Block]] = defaultdict(list)
        for block in self.blocks:
            found[block.row].append(block)
        return dict(found)

    def of(self, sections: Set[str]) -> list[Block]:
        """Return the blocks of these sections, of all where none is named."""
        return [each for each in self.blocks if not sections or each.section in sections]

    def by_view(self, quantity: int) -> list[tuple[float, Probes, Block]]:
        """Return the blocks for so many, with the best view each could give them and its probes."""
        if quantity not in self._by_view:
            large = [block for block in self.blocks if len(block.ids) >= quantity]
            if not large:
                return []
            rated = [(block.least(quantity), block.probes(quantity), block) for block in large]
            self._by_view[quantity] = sorted(rated, key=lambda each: each[0])
        return self._by_view[quantity]

    def near(self, block: Block) -> list[int]:
        """Return the numbers of the blocks that a party may be split over from here, this too."""
        if block.number not in self._near:
            cells = {cell for seat in block.seats for cell in _around(*_cell(seat))}
            some = sorted({number for cell in cells for number in self._cells.get(cell, ())})
            self._near[block.number] = [
                n for n in some if n == block.number or near(block.seats, self.blocks[n].seats)
            ]
        return self._near[block.number]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], set[int]]:
        """Return the blocks in each square of the floor."""
        cells: dict[tuple[int, int], set[int]] = defaultdict(set)
        for block in self.blocks:
            for seat in block.seats:
                cells[_cell(seat)].add(block.number)
        return dict(cells)


@lru_cache(maxsize=32)
def rows(plan: Plan) -> Rows:
    return Rows(plan)


def runs(block: Block, closed: bytes, least: int = 1) -> list[Run]:
    """Return the free neighbours of a block, ``least`` or more of them at a time."""
    if bytes(least) not in closed:  # so many zeros; sold out is soon seen
        return []
    return [Run(block, *found.span()) for found in finditer(rb"\0{%d,}" % least, closed)]


def _cell(seat: Seat) -> tuple[int, int]:
    return floor(seat.x / REACH), floor(seat.y / REACH)


def _around(x: int, y: int) -> Iterator[tuple[int, int]]:
    return ((x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1))
