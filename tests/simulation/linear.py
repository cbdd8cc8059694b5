"""Does one order of what was asked explain every answer? Per seat, after Wing and Gong (1993).

Times are whole milliseconds of one clock: an operation took effect once, somewhere between ``start``
and ``end``. A seat that somebody holds is another's from the instant ``until`` on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

NEVER = 1 << 62


class Op(NamedTuple):
    """``kind``: hold, order, release, sell or cancel; ``ok``: None where no answer came."""

    seat: str
    kind: str
    who: str
    start: int
    end: int
    ok: bool | None = True
    until: int = 0


class Seat(NamedTuple):
    who: str = ""
    until: int = 0
    sold: bool = False


def unexplained(history: Iterable[Op]) -> list[str]:
    """Return the seats that no order of their operations explains."""
    by_seat: dict[str, list[Op]] = defaultdict(list)
    for op in history:
        by_seat[op.seat].append(op)
    return sorted(seat for seat, ops in by_seat.items() if not explained(ops))


def explained(ops: list[Op]) -> bool:
    open_, seen = [(frozenset(range(len(ops))), Seat(), 0)], set()
    while open_:
        left, seat, clock = here = open_.pop()
        if all(ops[n].ok is None for n in left):
            return True
        if here in seen:
            continue
        seen.add(here)
        first_end = min(ops[n].end for n in left)  # nothing that began later comes before it
        for n in left:
            if ops[n].start <= first_end:
                after = outcomes(seat, ops[n], max(clock, ops[n].start))
                open_ += ((left - {n}, then, at) for then, at in after if at <= ops[n].end)
    return False


def outcomes(seat: Seat, op: Op, at: int) -> Iterator[tuple[Seat, int]]:
    """Yield what the seat may be after it, and when, not before ``at``."""
    mine = seat.who == op.who
    free = NEVER if seat.sold else at if mine or not seat.who else max(at, seat.until)
    if op.ok is not True and (op.ok is None or free > at):
        yield seat, at  # refused, or lost on its way
    if op.ok is False:
        return
    if op.kind in ("hold", "sell"):
        yield Seat(op.who, op.until, op.kind == "sell"), free
    elif op.kind == "order" and mine and not seat.sold and seat.until > at:
        yield Seat(op.who, op.until), at
    elif op.kind == "release":
        yield (Seat() if mine and not seat.sold else seat), at
    elif op.kind == "cancel" and mine and seat.sold:
        yield Seat(), at
