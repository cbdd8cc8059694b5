"""Rung 2: whole sales in virtual time, on real SQLite, with crashes and a hostile provider."""

import logging
from collections.abc import Iterator

import pytest

from simulation.faults import FAULTS
from simulation.story import simulate
from simulation.till_faults import TILL_FAULTS

SEEDS = range(40)  # make simulate plays hundreds
HAPPENS = {
    "paid", "paid late", "paid another sum", "declined", "closed", "wallet", "wallet failed",
    "refund pending", "refund succeeded", "refund failed", "refund refused", "no answer",
    "disputed", "dispute won", "dispute lost", "refund by hand",
}  # fmt: skip
WITHIN = range(100, 200)  # each planted fault is found in one of these
AT_THE_TILL = {"elsewhere": 1, "trouble": 0.8}  # where all pay there, and many quarrel about it


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """The caretaker logs each silence of the provider."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def test_nothing_goes_wrong_in_so_many_sales() -> None:
    stories = [simulate(seed) for seed in SEEDS]
    assert {story.seed: story.problems for story in stories if story.problems} == {}
    kinds = {op.kind for story in stories for op in story.history if op.ok}
    assert kinds == {"hold", "order", "release", "sell", "cancel"}
    assert sum(story.crashes for story in stories) > len(SEEDS)
    assert {what for story in stories for what in story.till} >= HAPPENS


def test_the_same_seed_is_the_same_history() -> None:
    one, again, other = simulate(3), simulate(3), simulate(4)
    assert one == again
    assert one.history != other.history


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    given = AT_THE_TILL if name in TILL_FAULTS else {}
    with FAULTS[name]():
        assert any(simulate(seed, **given).problems for seed in WITHIN)
