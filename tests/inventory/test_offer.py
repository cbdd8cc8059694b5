"""Somebody was quicker: the refusal offers the nearest equal seats."""

from collections.abc import Callable
from dataclasses import replace
from math import hypot
from random import Random

import pytest

from stage import Stage
from ticketing.inventory.alternatives import middle, nearest, parties, windows
from ticketing.inventory.change import change
from ticketing.inventory.claim import SeatsTaken
from ticketing.seating.plan import Attribute, Plan, Seat, Section

BANDS = {"stalls": "near", "circle": "near", "gallery": "far"}
ROWS = [("stalls", 1), ("stalls", 2), ("circle", 3), ("gallery", 4)]
SEATS = 10  # in a row, with an aisle in the middle


def hall(*, numbered: bool = True, changed: dict[str, tuple[Attribute, ...]] | None = None) -> Plan:
    """Four rows a metre apart; ``changed``: attributes by seat."""
    seats = [
        Seat(
            f"{row}-{n}", section, str(row), {}, n, int(n > SEATS / 2), n, row, 0, "chair", 1.2,
            row, 0.8, (changed or {}).get(f"{row}-{n}", ()),
        )
        for section, row in ROWS for n in range(1, SEATS + 1)
    ]  # fmt: skip
    sections = tuple(
        Section(key, {"zh": key}, "chair", numbered, 2 * SEATS, 0.4, {}) for key in BANDS
    )
    return Plan("plan", "hall", 1, None, sections, tuple(seats))


def without(*taken: str) -> Callable[[Seat], bool]:
    return lambda seat: seat.id not in taken


def test_a_pair_stays_together_and_keeps_the_seat_it_can() -> None:
    assert nearest(hall(), BANDS, ["1-3", "1-4"], without("1-4")) == ["1-2", "1-3"]


def test_it_does_not_sit_across_an_aisle() -> None:
    assert nearest(hall(), BANDS, ["1-4", "1-5"], without("1-4", "1-2")) == ["2-4", "2-5"]


def test_a_section_of_the_same_band_is_equal_and_another_band_is_not() -> None:
    stalls = [f"{row}-{n}" for row in (1, 2) for n in range(1, SEATS + 1)]
    assert nearest(hall(), BANDS, ["2-3"], without(*stalls)) == ["3-3"]
    circle = [f"3-{n}" for n in range(1, SEATS + 1)]
    assert nearest(hall(), BANDS, ["2-3"], without(*stalls, *circle)) is None


def test_who_lost_nothing_stays_and_nobody_is_given_a_seat_twice() -> None:
    offer = nearest(hall(), BANDS, ["1-1", "1-2", "2-1", "2-2"], without("2-2"))
    assert offer == ["1-1", "1-2", "3-1", "3-2"]


def test_five_whom_no_row_takes_together_are_offered_nothing() -> None:
    party = [f"1-{n}" for n in range(1, 6)]
    assert nearest(hall(), BANDS, party, without("1-2", "2-2", "3-2")) == sorted(
        f"1-{n}" for n in range(6, 11)
    )
    full = without("1-2", "1-9", "2-2", "2-9", "3-2", "3-9")
    assert nearest(hall(), BANDS, party, full) is None


def test_a_wheelchair_place_is_offered_for_another_only() -> None:
    plan = hall(changed={"1-2": ("wheelchair",), "2-9": ("wheelchair",), "1-3": ("restricted",)})
    assert nearest(plan, BANDS, ["1-1"], without("1-1")) == ["2-1"]
    assert nearest(plan, BANDS, ["1-2"], without("1-2")) == ["2-9"]
    assert nearest(plan, BANDS, ["1-4"], without("1-4", "1-5")) == ["1-3"]


def test_places_without_numbers_are_any_of_the_section() -> None:
    plan = hall(numbered=False)
    assert nearest(plan, BANDS, ["1-1", "1-4"], without("1-1", "1-2")) == ["1-3", "1-4"]


@pytest.mark.parametrize("seed", range(40))
def test_no_window_is_nearer_than_the_one_that_is_offered(seed: int) -> None:
    rng = Random(seed)
    plan, size = hall(), rng.randint(1, 4)
    taken = {seat.id for seat in plan.seats if rng.random() < 0.5}
    row, start = rng.choice((1, 2)), rng.choice((1, 6))
    party = [plan.by_id[f"{row}-{start + n}"] for n in range(size)]
    free = without(*taken, party[0].id)
    all_windows = [
        window for block in plan.blocks if BANDS[block[0].section] == "near"
        for window in windows(plan, block, size, free)
    ]  # fmt: skip

    def far(window: list[Seat]) -> float:
        (a, b), (x, y) = middle(window), middle(party)
        return round(hypot(a - x, b - y), 9)

    offer = nearest(plan, BANDS, [seat.id for seat in party], free)
    found = [plan.by_id[seat] for seat in offer or []]
    assert bool(found) == bool(all_windows)
    if found:
        assert far(found) == min(far(list(window)) for window in all_windows)


def test_side_by_side_is_told_by_the_block_and_not_by_the_number() -> None:
    odd = hall()
    odd = replace(odd, seats=tuple(replace(s, number=2 * s.number - 1) for s in odd.seats))
    groups = [[seat.id for seat in party] for party in parties(odd, ["1-2", "1-3", "1-5", "1-6"])]
    assert groups == [["1-2", "1-3"], ["1-5"], ["1-6"]]


def test_a_refused_hold_carries_an_offer_that_can_be_had(world: Stage) -> None:
    seats = world.seats(4)
    world.hold(seats[1:2])
    with pytest.raises(SeatsTaken) as refused:
        world.hold(seats[:2])
    offer = refused.value.shown["offer"]
    assert seats[1] not in offer
    assert world.hold(offer).seats == offer


def test_a_refused_change_offers_all_the_seats_to_have_instead(world: Stage) -> None:
    seats = world.seats(5)
    held = world.hold(seats[2:3])
    world.hold(seats[1:2])
    with pytest.raises(SeatsTaken) as refused:
        world.desk.write_now(change, held.token, [seats[1]], [])
    offer = refused.value.shown["offer"]
    assert offer == sorted(seats[2:4])
    assert world.desk.write_now(change, held.token, [seats[3]], []).seats == offer


def test_where_nothing_equal_is_left_the_offer_is_null(world: Stage) -> None:
    stools = world.seats(48)
    for n in range(0, 48, 12):
        world.hold(stools[n : n + 12])
    with pytest.raises(SeatsTaken) as refused:
        world.hold(stools[:2])
    assert refused.value.shown["offer"] is None
