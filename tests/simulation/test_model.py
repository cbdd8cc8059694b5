"""Rung 6: every state of the small model. None is wrong; with a guard away the way to one is short."""

import pytest

from simulation.model import FAULTS, explore


def test_no_state_of_the_protocol_is_wrong() -> None:
    states, way = explore()
    print(f"{states} states")
    assert way == []
    assert states > 100_000


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reached(fault: str) -> None:
    _, way = explore(fault)
    assert way
