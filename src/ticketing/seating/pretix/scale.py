"""How many of pretix's pixels are a metre: ours, or what makes neighbours sit as people usually do."""

from itertools import pairwise
from math import hypot
from statistics import median

from ticketing.seating.pretix.entries import PretixPlan, PretixRow

METRE = 100.0  # pixels, as we write them
USUAL = 0.55  # metres between neighbours, where a file's pixels are of another size
LIKELY = (0.4, 1.2)  # metres between neighbours
LEAST = 0.01  # pixels; who are nearer stand on one spot and measure nothing


def metre_of(plan: PretixPlan) -> float:
    """Return the pixels of a metre."""
    found = [
        step for zone in plan.zones for row in zone.rows for step in steps(row) if step > LEAST
    ]
    near = median(found) if found else METRE * USUAL
    return METRE if LIKELY[0] <= near / METRE <= LIKELY[1] else near / USUAL


def steps(row: PretixRow) -> list[float]:
    """Return the pixels between neighbours."""
    return [
        hypot(b.position.x - a.position.x, b.position.y - a.position.y)
        for a, b in pairwise(row.seats)
    ]
