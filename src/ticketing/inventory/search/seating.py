"""How a party sits: whether side by side, where, and how well it sees."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ticketing.inventory.search.rows import rows
from ticketing.seating.plan import Plan


class Seating(NamedTuple):
    """``parts``: how many groups sit side by side; ``quality``: of the view, their mean, 0 to 1."""

    parts: int
    sections: list[str]
    quality: float


def seating(plan: Plan, seats: Sequence[str]) -> Seating:
    """Tell of one seat or more. Places without numbers are one group: who comes chooses."""
    where = rows(plan).where
    spots = sorted((where[seat][0].number, where[seat][1]) for seat in seats if seat in where)
    breaks = sum((block, n + 1) != after for (block, n), after in pairwise(spots))
    sections = dict.fromkeys(plan.by_id[seat].section for seat in seats)
    quality = sum(plan.by_id[seat].quality for seat in seats) / len(seats)
    return Seating(breaks + 1, list(sections), quality)
