"""The refund ladder: until when which part of the money comes back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ticketing.foundation.clock import HOUR


class Step(NamedTuple):
    """Before ``until``, ms, a return costs ``fee_percent`` of what was paid."""

    until: int
    hours_before: int
    fee_percent: int


def steps(ladder: Iterable[Mapping[str, int]], starts_at: int) -> list[Step]:
    """Return the steps of a performance, the earliest first."""
    found = (
        Step(starts_at - step["hours_before"] * HOUR, step["hours_before"], step["fee_percent"])
        for step in ladder
    )
    return sorted(found)


def given_back(paid: int, fee_percent: int) -> int:
    """In fen; the fee is rounded down, to the buyer's advantage."""
    return paid - paid * fee_percent // 100
