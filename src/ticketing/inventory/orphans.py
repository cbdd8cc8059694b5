"""The orphan rule: seats picked by hand leave nobody a single seat, where that can be helped.

It is judged once, when the seats are held, on the row as the buyer could take it: the seats of
others and wheelchair places end a run, the buyer's own do not. A wish that leaves a seat single is
refused only if as many, in no more groups, could sit in that row and leave none. A seat that was
single before is nobody's fault.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from math import hypot
from re import finditer, search

from ticketing.foundation.errors import Refused
from ticketing.inventory.performance_seats import PerformanceSeats
from ticketing.inventory.search.rows import Block, Run, rows, runs
from ticketing.seating.plan import Plan


class OrphanSeat(Refused):
    """``suggestion``: the ids of as many seats that leave none single, nearest to the wish."""

    status = 422
    type = "orphan-seat"
    zh = "这样选，旁边会剩下一个单独的空位，请换一下。"
    en = "This would leave a single seat on its own: please take others."


def refuse_orphans(
    house: PerformanceSeats, seats: Sequence[str], mine: Collection[str] = ()
) -> None:
    """``seats``: all that the buyer wants; ``mine``: what the buyer holds already."""
    taken = house.taken_of(in_their_rows(house.plan, seats)) - set(mine)
    suggestion = mended(house.plan, taken, seats)
    if suggestion != set(seats):
        ordered = [seat.id for seat in house.plan.seats if seat.id in suggestion]
        raise OrphanSeat(suggestion=ordered)


def in_their_rows(plan: Plan, seats: Collection[str]) -> list[str]:
    """Return all seats of the rows in which these are judged."""
    return [seat for row, _ in wishes(plan, seats) for block in row for seat in block.ids]


def mended(plan: Plan, taken: Set[str], seats: Collection[str]) -> set[str]:
    """Return these seats, or as many of their rows that leave none single."""
    found = set(seats)
    for row, wish in wishes(plan, seats):
        if taken.isdisjoint(wish):  # else the claim says whose they are
            found = found - wish | better(plan, row, taken, wish)
    return found


def wishes(plan: Plan, seats: Collection[str]) -> list[tuple[list[Block], set[str]]]:
    """Return each numbered row with what is wanted of it; wheelchair places are not judged."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for seat in seats:
        block, n = rows(plan).where.get(seat, (None, 0))
        if block and block.kept[n : n + 1] != b"\x01":
            wanted[block.row].add(seat)
    return [(rows(plan).in_row[row], wish) for row, wish in wanted.items()]


def better(plan: Plan, row: Sequence[Block], taken: Set[str], wish: set[str]) -> set[str]:
    """Return the wish itself, or where it leaves a seat single, the nearest that leaves none."""
    free = [run for block in row for run in runs(block, block.closed(taken))]
    if not leaves_single(free, wish):
        return wish
    most = len(groups(free, wish))
    options = [
        (apart(plan, group, seats), sorted(seats), rest | set(seats))
        for group, seats in moves(free, wish)
        if (rest := wish - set(group)).isdisjoint(seats)
        and not leaves_single(free, rest | set(seats))
        and len(groups(free, rest | set(seats))) <= most
    ]
    return min(options)[2] if options else wish


def moves(free: Sequence[Run], wish: Set[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each group of the wish, and the wish as one, with all places that hold as many."""
    parts = groups(free, wish)
    for group in [*parts, sorted(wish)] if len(parts) > 1 else parts:
        for run in free:
            for start in run.starts(len(group)):
                yield group, run.block.ids[start : start + len(group)]


def groups(free: Sequence[Run], wish: Set[str]) -> list[list[str]]:
    """Return the wanted seats as they lie side by side."""
    found = ((run, each.span()) for run in free for each in finditer(rb"\x01+", marks(run, wish)))
    return [run.block.ids[run.start + start : run.start + end] for run, (start, end) in found]


def leaves_single(free: Sequence[Run], wish: Set[str]) -> bool:
    return any(search(rb"(?<!\0)\0(?!\0)", marks(run, wish)) for run in free if run.length > 1)


def marks(run: Run, wish: Set[str]) -> bytes:
    """Return a 1 for each seat of the run that is wanted."""
    return bytes(map(wish.__contains__, run.block.ids[run.start : run.end]))


def apart(plan: Plan, a: Sequence[str], b: Sequence[str]) -> float:
    """Return the metres between the middles of two groups of as many seats."""
    x = sum(plan.by_id[seat].x for seat in a) - sum(plan.by_id[seat].x for seat in b)
    y = sum(plan.by_id[seat].y for seat in a) - sum(plan.by_id[seat].y for seat in b)
    return round(hypot(x, y) / len(a), 3)
