"""A kind of seat has its colour; where two of one kind differ in price, the price has it."""

import pytest

from ticketing.foyer.seats_view import Tier, coloured
from ticketing.seating.plan import Kind, Section


@pytest.mark.parametrize(
    ("tiers", "colours"),
    [
        ([("cushion", 8000), ("stool", 6000), ("chair", 6000)], [0, 0, 0]),
        ([("chair", 6000), ("chair", 6000)], [0, 0]),
        ([("tip-up", 2400), ("tip-up", 1600)], [1, 2]),
        ([("tip-up", 1600), ("tip-up", 2400), ("open", 1600)], [2, 1, 2]),
        ([("tip-up", 9 - n) for n in range(7)], [1, 2, 3, 4, 5, 6, 1]),
        ([], []),
    ],
)
def test_what_costs_the_same_looks_the_same(
    tiers: list[tuple[Kind, int]], colours: list[int]
) -> None:
    drawn = coloured([Tier(section(kind), price, 9) for kind, price in tiers])
    assert [tier.colour for tier in drawn] == colours
    assert [(tier.section.kind, tier.price) for tier in drawn] == tiers


def section(kind: Kind) -> Section:
    return Section(
        key=kind, name={}, kind=kind, numbered=True, capacity=9, seat_height=0.4, note={}
    )
