"""The orphan rule: seats picked by hand leave nobody a single seat, where that can be helped.

It is judged once, when the seats are held, on the row as the buyer could take it: the seats of
others and wheelchair places end a run, the buyer's own do not. A wish that leaves a seat single is
refused only if as many, in no more groups, could sit in that row and leave none. A seat that was
single before is nobody's fault.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import chain
from math import hypot
from re import finditer, search

from ticketing.foundation.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.inventory.rows import Block, Run, rows, runs
from ticketing.inventory.seat_map import taken_among
from ticketing.venues.plan import Plan


class OrphanSeat(Refused):
    """``suggestion``: the ids of as many seats that leave none single, nearest to the wish."""

    status = 422
    type = "orphan-seat"
    zh = "这样选会在旁边剩下一个单独的空位，别人就难坐到一起了。请换成挨着的座位。"
    en = "This would leave a seat on its own, and others could not sit together. Please take the next ones."


def refuse_orphans(
    tx: Tx, performance_id: str, plan: Plan, seats: Sequence[str], mine: Collection[str] = (),
    *, now: int,
) -> None:  # fmt: skip
    """``seats``: all that the buyer wants; ``mine``: what the buyer holds already."""
    suggestion = set(seats)
    for row, wish in wishes(plan, seats):
        ids = list(chain.from_iterable(block.ids for block in row))
        taken = taken_among(tx, performance_id, ids, now) - set(mine)
        if taken.isdisjoint(wish):  # else the claim says whose they are
            suggestion = suggestion - wish | better(plan, row, taken, wish)
    if suggestion != set(seats):
        raise OrphanSeat(suggestion=[seat.id for seat in plan.seats if seat.id in suggestion])


def wishes(plan: Plan, seats: Sequence[str]) -> list[tuple[list[Block], set[str]]]:
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
