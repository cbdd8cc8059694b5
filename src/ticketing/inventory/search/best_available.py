"""The best seats for a party: together, or where it must be split, in places near each other.

``objective`` says what seats cost. Fifty buyers who all want *the* best at one instant take turns
losing: so each gets a random one of the ways to sit that are nearly the best. Of these it is one
that leaves the most runs even, for an audience comes in pairs.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import chain, islice
from math import inf
from random import Random
from typing import NamedTuple

from ticketing.inventory.search.objective import cost_together
from ticketing.inventory.search.rows import Rows, Run, rows, runs
from ticketing.inventory.search.split import Search
from ticketing.inventory.search.wheelchair import unit_runs
from ticketing.seating.plan import Plan

NEAR = 0.05  # so much worse than the best is nearly the best
CROWD = 200  # ways to sit, enough for a crowd to choose from
LARGEST = 20  # party that may be split


class Way(NamedTuple):
    """A way to seat the party. ``cost``: 0 at best; ``odd``: how many runs more are odd after it."""

    cost: float
    odd: int
    seats: list[str]


def choose(
    plan: Plan, taken: set[str], quantity: int,
    *, sections: Set[str] = frozenset(), accessible: bool = False, rng: Random,
) -> list[str] | None:  # fmt: skip
    """Return the ids of ``quantity`` (1 or more) seats; None where there are none near each other.

    ``sections``: their keys, none for any. Places without numbers are given as they come.
    ``accessible``: one wheelchair place, its companion's, and the rest of the party near them.
    """
    plan_rows = rows(plan)
    if accessible:
        found = accessible_ways(plan_rows, taken, quantity, sections)
    else:
        found = ways(plan_rows, taken, quantity, sections)
        found += open_ways(plan_rows, taken, quantity, sections, rng)
    if not found:
        return None
    best = min(way.cost for way in found)
    nearly = [way for way in found if way.cost <= best + NEAR]
    odd = min(way.odd for way in nearly)
    return rng.choice([way for way in nearly if way.odd == odd]).seats


def ways(plan_rows: Rows, taken: set[str], quantity: int, sections: Set[str]) -> list[Way]:
    """Return ways to give numbered seats: the best, and some of the nearly best."""
    return together(plan_rows, taken, quantity, sections) or split(
        plan_rows, taken, quantity, sections
    )


def accessible_ways(
    plan_rows: Rows, taken: set[str], quantity: int, sections: Set[str]
) -> list[Way]:
    blocks = plan_rows.of(sections)
    around = [run for block in blocks for run in unit_runs(block, taken, quantity)]
    beside = [way for run in around for way in windows(run, quantity)]
    return beside or (split(plan_rows, taken, quantity, sections, around) if around else [])


def together(plan_rows: Rows, taken: set[str], quantity: int, sections: Set[str]) -> list[Way]:
    """Look into the blocks from the best view on, until what is left can only be worse."""
    found: list[Way] = []
    best = inf
    for view, probes, block in plan_rows.by_view(quantity):
        if view > best + NEAR or (len(found) >= CROWD and view >= best):
            break
        if any(map(taken.issuperset, probes)) or (sections and block.section not in sections):
            continue
        for run in runs(block, block.closed(taken), quantity):
            here = list(windows(run, quantity))
            best = min(best, *(way.cost for way in here))
            found += here
    return found


def windows(run: Run, quantity: int) -> Iterator[Way]:
    """Yield each way to sit side by side in a run."""
    for start in run.starts(quantity):
        fragment = run.fragment(start, quantity)
        cost = cost_together(quantity, fragment.lack, fragment.orphans)
        yield Way(cost, run.odd(start, quantity), run.block.ids[start : start + quantity])


def split(
    plan_rows: Rows, taken: set[str], quantity: int, sections: Set[str], around: Sequence[Run] = ()
) -> list[Way]:
    """``around``: the runs about wheelchair places, of which one is needed."""
    if quantity > LARGEST:
        return []
    free = [run for block in plan_rows.of(sections) for run in runs(block, block.closed(taken))]
    found = Search(plan_rows, quantity, free).split(around)
    return [
        Way(
            cost, sum(each.odd for each in places), [seat for each in places for seat in each.seats]
        )
        for cost, places in found
    ]


def open_ways(
    plan_rows: Rows, taken: set[str], quantity: int, sections: Set[str], rng: Random
) -> Iterator[Way]:
    """Yield for each section without numbers any free places, from a random one on."""
    for seats in plan_rows.open:
        if sections and seats[0].section not in sections:
            continue
        start = rng.randrange(len(seats))
        free = (seat for seat in chain(seats[start:], seats[:start]) if seat.id not in taken)
        some = list(islice(free, quantity))
        if len(some) == quantity:
            lack = sum(1 - seat.quality for seat in some)
            yield Way(cost_together(quantity, lack, 0), 0, [seat.id for seat in some])
