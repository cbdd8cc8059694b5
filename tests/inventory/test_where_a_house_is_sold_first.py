"""An empty theatre sells its middle first; round a stage nothing is weighed but the view."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from halls import arena
from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.inventory.search.best_available import choose
from ticketing.seating.exchange import read_pretix
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan, Seat
from ticketing.seating.strain import strains

PRETIX = Path(__file__).parents[1] / "venues/plans"
PARTIES = 20


def ours(path: str) -> Plan:
    return expand(load(directory("fixtures") / path, PlanFile))


@cache
def theatre() -> Plan:
    return ours("winterlicht/plans/main-hall.yaml")


def pairs(plan: Plan, seed: int) -> Iterator[tuple[Seat, Seat]]:
    """Yield what the first parties of two are given in the empty house."""
    rng, taken = Random(seed), set[str]()
    for _ in range(PARTIES):
        chosen = choose(plan, taken, 2, rng=rng)
        assert chosen
        taken |= set(chosen)
        yield plan.by_id[chosen[0]], plan.by_id[chosen[1]]


def test_the_first_parties_of_a_raked_house_sit_in_its_middle() -> None:
    evenings = [list(pairs(theatre(), seed)) for seed in range(20)]
    everyone = [seat for evening in evenings for pair in evening for seat in pair]
    first = [seat for evening in evenings for pair in evening[:8] for seat in pair]
    assert {seat.section for seat in everyone} == {"stalls"}
    assert not {"A", "B", "C"} & {seat.row for seat in everyone}
    assert share(everyone, "DEFGHI") > 0.97
    assert share(first, "EFGH") > 0.97
    assert sum(abs(seat.x) < 2.5 for seat in everyone) / len(everyone) > 0.97


def share(seats: list[Seat], rows: str) -> float:
    return sum(seat.row in rows for seat in seats) / len(seats)


def test_the_best_single_seats_are_neither_at_the_stage_nor_at_the_wall() -> None:
    plan = theatre()
    lost = strains(plan)
    ordered = sorted(plan.seats, key=lambda seat: 1 - seat.quality + lost[seat.id])
    assert {seat.row for seat in ordered[:20]} <= set("EFGH")
    assert all(abs(seat.x) < 2.5 for seat in ordered[:20])


def test_round_a_stage_and_along_it_nothing_is_lost() -> None:
    traverse = read_pretix(PRETIX / "black-box-traverse.pretix.json")
    halls = [ours("plans/black-box.yaml"), ours("plans/open-air.yaml"), traverse]
    assert [strains(plan) for plan in (*halls, expand(arena(2_000)))] == [{}] * 4


@pytest.mark.parametrize("spot", [((0.0, 0.0), (0.0, 0.0)), ((0.0, 0.0),) * 3])
def test_a_line_without_a_length_weighs_nothing(spot: tuple[tuple[float, float], ...]) -> None:
    plan = theatre()
    there = Plan(plan.id, plan.name, 1, plan.stage, plan.sections, plan.seats, focal=spot)
    strains.cache_clear()
    assert strains(there) == {}
    strains.cache_clear()
