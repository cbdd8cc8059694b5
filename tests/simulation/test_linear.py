"""Rungs 3 and 4: what people were told, from threads and processes, is explained seat by seat."""

from simulation.crowd import sale, sales
from simulation.faults import takes_what_others_have
from simulation.linear import NEVER, Op, unexplained
from stage import Stage
from ticketing.audit.verify import verify


def test_a_seat_that_is_sold_twice_is_refused() -> None:
    told = [Op("A1", "hold", "chen", 0, 2, until=90), Op("A1", "sell", "chen", 3, 5)]
    assert unexplained(told) == []
    assert unexplained([*told, Op("A1", "sell", "wang", 4, 6)]) == ["A1"]


def test_two_who_hold_a_seat_at_one_time_are_refused() -> None:
    told = [Op("A1", "hold", "chen", 0, 2, until=90), Op("A1", "hold", "wang", 80, 95, until=200)]
    assert unexplained(told) == []
    assert unexplained([told[0], told[1]._replace(end=89)]) == ["A1"]


def test_a_refusal_needs_somebody_who_has_the_seat() -> None:
    refused = Op("A1", "hold", "", 10, 12, ok=False)
    assert unexplained([refused]) == ["A1"]
    assert unexplained([refused, Op("A1", "hold", "chen", 11, 20, until=90)]) == []
    assert unexplained([refused, Op("A1", "hold", "chen", 13, 20, until=90)]) == ["A1"]


def test_what_was_lost_on_its_way_was_done_or_not() -> None:
    lost = Op("A1", "hold", "chen", 0, NEVER, ok=None, until=90)
    assert unexplained([lost, Op("A1", "hold", "", 10, 12, ok=False)]) == []
    assert unexplained([lost, Op("A1", "hold", "wang", 10, 12, until=90)]) == []


def test_what_threads_were_told_is_explained(world: Stage) -> None:
    history = sale(world.desk.url, seed=1)
    assert {op.kind for op in history if op.ok} >= {"hold", "order", "sell"}
    assert unexplained(history) == []
    assert world.desk.read_now(verify) == []


def test_what_two_processes_were_told_is_explained(world: Stage) -> None:
    history = sales(world.desk.url, processes=2)
    assert {op.kind for op in history if op.ok} >= {"hold", "order", "sell"}
    assert unexplained(history) == []
    assert world.desk.read_now(verify) == []


def test_a_claim_without_its_condition_is_told(world: Stage) -> None:
    with takes_what_others_have():
        assert unexplained(sale(world.desk.url, seed=1)) != []
