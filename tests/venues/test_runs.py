"""Seats of one row are said as one."""

import pytest

from stage import Stage
from ticketing.programme.on_sale import terms
from ticketing.seating.queries import plan
from ticketing.seating.runs import ranges, runs, say_runs


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["7"], "7"), (["8", "7"], "7、8"), (["7", "8", "9"], "7–9"), (["1", "3", "5"], "1、3、5"),
        (["2", "3", "4", "5", "8", "10", "11"], "2–5、8、10、11"), (["9", "10", "11"], "9–11"),
        (["A1", "A2", "3"], "3、A1、A2"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_ranges(names: list[str], said: str) -> None:
    assert ranges(names, "、") == said


def test_a_run_names_its_row_once_in_both_languages(world: Stage) -> None:
    def found(tx: object, performance: str, seats: list[str]) -> list[str]:
        where = plan(tx, terms(tx, performance).plan_id)  # type: ignore[arg-type]
        ids = seats or [seat.id for seat in where.seats[:3]]
        return [say_runs(runs(where, [*ids, "of another plan"]), lang) for lang in ("zh", "en")]

    zh, en = world.desk.read_now(found, world.performance, world.seats(4))
    assert (zh, en) == ("北侧矮凳 1–4 号", "North side, low stool 1–4")
    zh, en = world.desk.read_now(found, world.lawn, [])
    assert zh.endswith(" × 3")
