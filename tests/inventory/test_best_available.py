"""What a party is given: free seats together, or near each other, and never a wheelchair place."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from some_halls import a_hall, a_seat, a_small_hall
from ticketing.inventory.search.best_available import NEAR, choose
from ticketing.inventory.search.rows import rows
from ticketing.inventory.search.seating import seating
from ticketing.seating.plan import Plan, Seat


def numbers(plan: Plan, seats: list[str] | None) -> list[int]:
    return sorted(plan.by_id[seat].number for seat in seats or [])


def given_to(plan: Plan, quantity: int, *taken: str, seed: int = 1) -> list[int]:
    """Return the numbers of the seats that a party is given; ``taken``: ids without "stalls-"."""
    gone = {f"stalls-{seat}" for seat in taken}
    return numbers(plan, choose(plan, gone, quantity, rng=Random(seed)))


def a_row(count: int, quality: dict[int, float] | None = None, **attributes: str) -> list[Seat]:
    """``attributes``: by number, such as n3="wheelchair"."""
    return [
        a_seat(
            1, n, (quality or {}).get(n, 0.5), x=n * 0.55,
            attributes=(attributes[f"n{n}"],) if f"n{n}" in attributes else (),
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


@given(seed=st.integers(0, 10**6), sold=st.floats(0, 0.9), party=st.integers(1, 20))
def test_a_party_is_given_that_many_free_seats_and_no_wheelchair_place(
    seed: int, sold: float, party: int
) -> None:
    rng = Random(seed)
    plan = a_small_hall(rng)
    taken = {seat.id for seat in plan.seats if rng.random() < sold}
    chosen = choose(plan, taken, party, rng=Random(seed))
    assert chosen == choose(plan, taken, party, rng=Random(seed))
    if chosen is not None:
        assert len(set(chosen)) == len(chosen) == party
        assert taken.isdisjoint(chosen)
        assert not any({"wheelchair", "companion"} & set(plan.by_id[s].attributes) for s in chosen)


@given(seed=st.integers(0, 10**6), sold=st.floats(0, 0.7), party=st.integers(1, 8))
def test_who_asks_for_it_is_given_one_wheelchair_place(seed: int, sold: float, party: int) -> None:
    rng = Random(seed)
    plan = a_small_hall(rng)
    taken = {seat.id for seat in plan.seats if rng.random() < sold}
    chosen = choose(plan, taken, party, accessible=True, rng=rng)
    if chosen is not None:
        kinds = [kind for seat in chosen for kind in plan.by_id[seat].attributes]
        assert kinds.count("wheelchair") == 1
        assert kinds.count("companion") <= (party > 1)
        assert len(set(chosen)) == party


def test_buyers_at_one_instant_are_spread_over_the_nearly_best() -> None:
    plan = a_hall(*(a_seat(row, n, 0.9 - 0.02 * row) for row in range(6) for n in range(1, 5)))
    chosen = {tuple(choose(plan, set(), 4, rng=Random(seed)) or ()) for seed in range(60)}
    assert {plan.by_id[seats[0]].row for seats in chosen} == {"0", "1", "2"}
    assert NEAR == 0.05


def test_no_seat_is_left_single_where_the_choice_is_equal() -> None:
    plan = a_hall(*a_row(5))
    assert {tuple(given_to(plan, 2, seed=seed)) for seed in range(40)} == {(1, 2), (4, 5)}


def test_a_single_buyer_takes_the_odd_seat_where_the_view_is_nearly_equal() -> None:
    plan = a_hall(*a_row(8))
    assert {tuple(given_to(plan, 1, "1-4", seed=seed)) for seed in range(20)} == {(1,), (3,)}


def test_a_much_better_view_is_worth_an_orphan() -> None:
    plan = a_hall(*a_row(5, {3: 1.0, 4: 1.0}))
    assert given_to(plan, 2) == [3, 4]


def test_a_party_sits_on_both_sides_of_an_aisle_only_where_it_must() -> None:
    plan = a_hall(*(a_seat(1, n, block=int(n > 4), x=n * 0.55) for n in range(1, 9)))
    assert given_to(plan, 4) in ([1, 2, 3, 4], [5, 6, 7, 8])
    assert given_to(plan, 6) in ([1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 7, 8])


def test_nine_in_rows_of_eight_sit_five_and_four() -> None:
    plan = a_hall(*(a_seat(row, n, x=n * 0.55, y=row * 0.9) for row in (1, 2) for n in range(1, 9)))
    chosen = choose(plan, set(), 9, rng=Random(1)) or []
    assert sorted([plan.by_id[seat].row for seat in chosen].count(row) for row in "12") == [4, 5]


def test_nobody_sits_alone_where_the_party_can_be_split_otherwise() -> None:
    plan = a_hall(*(a_seat(row, n, y=row * 0.9) for row in (1, 2, 3) for n in range(1, 4)))
    chosen = choose(plan, set(), 4, rng=Random(1)) or []
    assert sorted([plan.by_id[seat].row for seat in chosen].count(row) for row in "123") == [
        0,
        2,
        2,
    ]


def test_friends_never_face_each_other_across_the_stage() -> None:
    sides = ((1, 0.0), (2, 180.0))
    plan = a_hall(*(a_seat(row, n, turn=turn) for row, turn in sides for n in range(1, 4)))
    assert choose(plan, set(), 4, rng=Random(1)) is None
    assert choose(plan, set(), 3, rng=Random(1))


def test_a_party_is_not_sent_to_opposite_ends_of_the_hall() -> None:
    plan = a_hall(*(a_seat(row, n) for row in (1, 5) for n in range(1, 4)))
    assert choose(plan, set(), 4, rng=Random(1)) is None


def test_a_wheelchair_place_ends_a_run() -> None:
    plan = a_hall(*a_row(3, n2="wheelchair"))
    assert given_to(plan, 2) == [1, 3]
    assert given_to(plan, 3) == []


def test_the_companion_sits_beside_the_wheelchair_and_friends_beside_both() -> None:
    plan = a_hall(*a_row(9, n4="wheelchair", n5="companion"))
    chosen = {n: choose(plan, set(), n, accessible=True, rng=Random(1)) for n in (1, 2, 4)}
    assert numbers(plan, chosen[1]) == [4]
    assert numbers(plan, chosen[2]) == [4, 5]
    assert numbers(plan, chosen[4]) in ([3, 4, 5, 6], [4, 5, 6, 7])


def test_a_wheelchair_place_whose_companions_place_is_gone_is_for_one_alone() -> None:
    plan = a_hall(*a_row(5, n2="wheelchair", n3="companion"))
    taken = {"stalls-1-3"}
    assert choose(plan, taken, 2, accessible=True, rng=Random(1)) is None
    assert choose(plan, taken, 1, accessible=True, rng=Random(1)) == ["stalls-1-2"]


@pytest.mark.parametrize(("key", "found"), [("stalls", True), ("balcony", False)])
def test_only_the_asked_section_is_searched(key: str, found: bool) -> None:
    plan = a_hall(*a_row(4))
    for party in (2, 5):
        assert bool(choose(plan, set(), party, sections={key}, rng=Random(1))) == (
            found and party == 2
        )


def test_unnumbered_places_need_not_be_neighbours() -> None:
    plan = a_hall(*a_row(8), numbered=False)
    taken = {f"stalls-1-{n}" for n in (2, 3, 5, 6, 8)}
    assert given_to(plan, 3, "1-2", "1-3", "1-5", "1-6", "1-8") == [1, 4, 7]
    assert choose(plan, taken, 4, rng=Random(1)) is None


def test_a_number_beyond_all_sense_is_answered_at_once() -> None:
    plan = a_hall(*a_row(8))
    assert choose(plan, set(), 10**9, rng=Random(1)) is None


def test_why_says_whether_they_sit_side_by_side_and_how_well_they_see() -> None:
    plan = a_hall(*a_row(4, {1: 0.9, 2: 0.7}), a_seat(2, 1, 0.5))
    pair = seating(plan, ["stalls-1-2", "stalls-1-1"])
    assert (pair.parts, pair.sections, round(pair.quality, 3)) == (1, ["stalls"], 0.8)
    assert seating(plan, ["stalls-1-1", "stalls-1-3", "stalls-2-1"]).parts == 3


def test_the_rows_of_a_plan_are_read_once() -> None:
    plan = a_hall(*a_row(4))
    assert rows(plan) is rows(plan)
