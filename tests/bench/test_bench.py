"""A tiny run does the real thing on both databases, and the arithmetic of its figures."""

import asyncio
from collections import defaultdict
from pathlib import Path

import pytest

from bench.__main__ import measure_steps
from bench.check import check_counts
from bench.figures import (
    ALONE,
    CPU_TARGETS,
    MANY,
    PGBENCH,
    RATIOS,
    SQLITE,
    Figures,
    Key,
    Sample,
)  # fmt: skip
from bench.script import Variables
from bench.table import markdown

HOLD = Key("hold of two", SQLITE, ALONE)
SEATS = ["6176ada3-20bb-53e2-99b8-2977cbd1ca9e", "bfcf3720-788f-536a-969e-ff6310baaa7a"]


@pytest.mark.pg
def test_a_tiny_run_measures_every_step_and_stores_all_it_counts(
    cluster: str, tmp_path: Path
) -> None:
    figures = Figures()
    asyncio.run(measure_steps(figures, cluster, tmp_path, rounds=1, share=0.02))
    assert CPU_TARGETS.keys() <= figures.rounds.keys()
    assert all(figures.ratio(each) > 0 for each in RATIOS)
    cpu = defaultdict[str, float](
        float
    )  # by site: a few requests can be quicker than the tick it is counted in
    for key, (sample,) in figures.rounds.items():
        cpu[key.site] += sample.cpu
    assert {site for site, spent in cpu.items() if not spent} == {PGBENCH}


def test_a_hold_that_was_answered_and_not_stored_is_found(world_url: str) -> None:
    check_counts(world_url, {})
    with pytest.raises(AssertionError, match=r"'holds': 0.* instead of .*'holds': 1"):
        check_counts(world_url, {"hold of two": 1})


def test_a_figure_is_the_median_of_its_rounds() -> None:
    figures = Figures()
    figures.rounds[HOLD] = [Sample(5, 1, 100), Sample(1, 3, 300), Sample(2, 2, 200)]
    assert figures.typical(HOLD) == Sample(2, 2, 200)


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    figures = Figures()
    figures.rounds[RATIOS[0].what] = [Sample(0, 0, rate) for rate in (50, 10, 90)]
    figures.rounds[RATIOS[0].of] = [Sample(0, 0, rate) for rate in (100, 100, 100)]
    assert figures.ratio(RATIOS[0]) == 0.5


def test_the_table_marks_a_target_that_was_missed() -> None:
    figures = Figures()
    for key in (HOLD, HOLD._replace(connections=MANY)):
        figures.rounds[key] = [Sample(0.2, 0.1, 1000)]
    for ratio in RATIOS:
        figures.rounds[ratio.what] = figures.rounds[ratio.of] = [Sample(0, 0, 1000)]
    figures.house["memory idle, MB", SQLITE] = 130
    told = markdown(figures)
    assert "| hold of two | SQLite | 0.200 | 0.36 | 0.200 ! | 0.15 |" in told
    assert "| 130.0 ! | 120.0 |" in told


def test_a_script_keeps_what_is_the_same_and_varies_what_differs() -> None:
    variables = Variables()
    assert variables.shown("it's", "it's") == "'it''s'"
    assert (
        variables.shown("ab", "cd") == variables.shown("ab", "cd") == "lpad(to_hex(:u + 0), 2, '0')"
    )
    assert variables.shown(7, 8) == "(:u + 1)"
    assert variables.shown(*SEATS) == "lpad((:seat + 0)::text, 36, '0')"
