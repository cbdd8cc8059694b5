"""A house sold by best seats: how full it is when the first pair can no longer sit together."""

from random import Random
from statistics import mean

import pytest

from brute_force import ordinary
from some_halls import a_large_hall
from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.inventory.search.best_available import choose
from ticketing.inventory.search.seating import seating
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan

PARTIES = {1: 12, 2: 50, 3: 14, 4: 15, 5: 4, 6: 5}  # sizes, with how many in a hundred


def black_box() -> Plan:
    return expand(load(directory("fixtures") / "plans" / "black-box.yaml", PlanFile))


HALLS = {
    "black box": (black_box(), 40),
    "550": (a_large_hall(22, 25), 6),
    "2,000": (a_large_hall(40, 50), 2),
}


@pytest.mark.parametrize("name", HALLS)
def test_a_house_is_all_but_full_before_a_pair_is_refused(name: str) -> None:
    plan, evenings = HALLS[name]
    shares = [share_sold(plan, Random(evening)) for evening in range(evenings)]
    print(
        f"{name}: {mean(shares):.2%} in the mean of {evenings} evenings, {min(shares):.2%} at worst"
    )
    assert mean(shares) >= 0.995


def share_sold(plan: Plan, rng: Random) -> float:
    """Let parties come until two cannot sit together; return what is sold of the ordinary seats."""
    taken: set[str] = set()
    while True:
        (party,) = rng.choices(list(PARTIES), list(PARTIES.values()))
        chosen = choose(plan, taken, party, rng=rng)
        if party == 2 and (chosen is None or seating(plan, chosen).parts > 1):
            return len(taken) / sum(ordinary(seat) for seat in plan.seats)
        taken |= set(chosen or ())
