"""A thousand part-sold halls: the search against every set of seats there is."""

from math import comb, inf
from random import Random

import pytest

from brute_force import Hall
from some_halls import a_small_hall
from ticketing.inventory.search.best_available import Way, accessible_ways, ways
from ticketing.inventory.search.rows import rows
from ticketing.inventory.search.split import Place, Search
from ticketing.seating.plan import Plan

HALLS, BATCHES = 1_000, 4
SETS = 4_000  # so many sets of seats are tried in one hall


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nearly_every_answer_is_exactly_optimal(batch: int) -> None:
    gaps = [gap(seed) for seed in range(batch, HALLS, BATCHES)]
    exact, mean = gaps.count(0) / len(gaps), sum(gaps) / len(gaps)
    print(f"batch {batch}: {len(gaps)} halls, {exact:.1%} exactly optimal, mean gap {mean:.3%}")
    assert exact >= 0.99
    assert mean < 0.005


def gap(seed: int) -> float:
    """Return what the answer costs more than the best, as a share; 1 for a wrong refusal."""
    plan, taken, party, accessible = a_case(Random(seed))
    hall = Hall(plan, taken)
    best = hall.least_cost(party, accessible=accessible)
    find = accessible_ways if accessible else ways
    found = find(rows(plan), taken, party, frozenset())
    assert all(said_truly(hall, way) for way in found)
    cost = min((way.cost for way in found), default=inf)
    if best == inf or cost == inf:
        return float(cost != best)
    return 0.0 if abs(cost - best) < 1e-9 else cost / best - 1


def said_truly(hall: Hall, way: Way) -> bool:
    return abs(hall.cost(way.seats) - way.cost) < 1e-9


def a_case(rng: Random) -> tuple[Plan, set[str], int, bool]:
    """Return a hall, what is taken of it, a party of 1 to 6, and whether one uses a wheelchair."""
    plan, sold, party = a_small_hall(rng), rng.uniform(0.2, 0.9), rng.randint(1, 6)
    accessible = rng.random() < 0.25 and any(seat.attributes for seat in plan.seats)
    taken = {seat.id for seat in plan.seats if rng.random() < sold}
    while comb(len(plan.seats) - len(taken), party) > SETS:
        taken.add(rng.choice(plan.seats).id)
    return plan, taken, party, accessible


def test_control_a_search_that_never_shares_members_anew_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def keep_them(
        _: Search, a: Place, b: Place, *_rest: object
    ) -> tuple[float, tuple[Place, Place]]:
        return inf, (a, b)

    monkeypatch.setattr(Search, "_share", keep_them)
    assert sum(gap(seed) > 0 for seed in range(100)) > 2
