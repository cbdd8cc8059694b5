"""The best seats together: in one block, one beside the other.

A window costs the mean of what its seats lack in quality, and something for each single seat it
leaves alone. Fifty buyers who all want *the* best at one instant take turns losing: so each gets
a random one of the windows that are nearly the best.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, groupby
from random import Random
from typing import NamedTuple

from ticketing.venues.plan import Plan, Seat

ORPHAN = 0.15  # what a seat left single costs, on the scale of quality
NEAR = 0.05  # so much worse than the best is nearly the best


class Window(NamedTuple):
    """``cost`` is 0 at best; ``run`` are free neighbours, the window begins at ``start``."""

    cost: float
    run: Sequence[Seat]
    start: int


def choose(
    plan: Plan, free: Set[str], quantity: int, *, sections: Set[str] = frozenset(), rng: Random
) -> list[str] | None:
    """Return the ids of ``quantity`` (1 or more) seats together, in order; None where none are.

    ``sections``: their keys, none for any. Where places are unnumbered any free ones do.
    Wheelchair places are not handed out.
    """
    windows = list(_windows(plan, free, quantity, sections, rng))
    if not windows:
        return None
    best = min(window.cost for window in windows)
    _, run, start = rng.choice([each for each in windows if each.cost <= best + NEAR])
    return [seat.id for seat in run[start : start + quantity]]


def _windows(
    plan: Plan, free: Set[str], quantity: int, sections: Set[str], rng: Random
) -> Iterator[Window]:
    for block in plan.blocks:
        if sections and block[0].section not in sections:
            continue
        if plan.section(block[0].section).numbered:
            for run in _runs(block, free):
                yield from _windows_of(run, quantity)
        elif len(places := [seat for seat in block if seat.id in free]) >= quantity:
            yield Window(0.0, rng.sample(places, quantity), 0)


def _runs(block: Sequence[Seat], free: Set[str]) -> Iterator[list[Seat]]:
    """Yield the free neighbours of a block; a wheelchair place ends a run."""
    on_offer = groupby(block, lambda seat: seat.id in free and "wheelchair" not in seat.attributes)
    return (list(seats) for offered, seats in on_offer if offered)


def _windows_of(run: Sequence[Seat], quantity: int) -> Iterator[Window]:
    lack = list(accumulate((1 - seat.quality for seat in run), initial=0.0))
    for start in range(len(run) - quantity + 1):
        end = start + quantity
        orphans = (start == 1) + (len(run) - end == 1)
        yield Window((lack[end] - lack[start]) / quantity + ORPHAN * orphans, run, start)
