"""Best seats together, checked against all windows of many small halls."""

from random import Random

import pytest

from ticketing.inventory.best_available import NEAR, ORPHAN, choose
from ticketing.venues.plan import Plan, Seat, Section


def a_seat(row: int, number: int, quality: float = 0.8, block: int = 0, **others: object) -> Seat:
    return Seat(
        id=f"{row}-{number}", section="stalls", row=str(row), row_name={}, number=number,
        block=block, x=number, y=row, turn=0, kind="chair", eye=1.2, distance=row,
        quality=quality, attributes=("wheelchair",) if others.get("wheelchair") else (),
    )  # fmt: skip


def a_hall(*seats: Seat, numbered: bool = True) -> Plan:
    section = Section("stalls", {"zh": "池座"}, "chair", numbered, len(seats), 0.4, {})
    return Plan("plan", "hall", 1, None, (section,), seats)


def a_small_hall(rng: Random) -> Plan:
    rows = [(row, rng.randint(1, 9), rng.randint(0, 9)) for row in range(rng.randint(1, 4))]
    return a_hall(
        *(
            a_seat(row, n, rng.random(), block=int(n > gap))
            for row, count, gap in rows
            for n in range(1, count + 1)
        )
    )


def single(block: tuple[Seat, ...], free: set[str]) -> set[str]:
    """Return the free seats of a block without a free neighbour."""
    ids = [seat.id for seat in block]
    beside = {seat: set(ids[max(n - 1, 0) : n] + ids[n + 1 : n + 2]) for n, seat in enumerate(ids)}
    return {seat for seat in ids if seat in free and not beside[seat] & free}


def all_costs(plan: Plan, free: set[str], quantity: int) -> dict[tuple[str, ...], float]:
    """Return every window with its cost, found the slow and obvious way."""
    costs = {}
    for block in plan.blocks:
        for start in range(len(block) - quantity + 1):
            window = tuple(seat.id for seat in block[start : start + quantity])
            orphans = single(block, free - set(window)) - single(block, free)
            lack = sum(1 - plan.by_id[seat].quality for seat in window) / quantity
            if set(window) <= free:
                costs[window] = lack + ORPHAN * len(orphans)
    return costs


@pytest.mark.parametrize("seed", range(200))
def test_the_choice_is_nearly_the_cheapest_of_all_windows(seed: int) -> None:
    rng = Random(seed)
    plan = a_small_hall(rng)
    free = {seat.id for seat in plan.seats if rng.random() < 0.7}
    quantity = rng.randint(1, 4)
    costs = all_costs(plan, free, quantity)
    chosen = choose(plan, free, quantity, rng=rng)
    assert (chosen is None) == (not costs)
    if chosen:
        assert costs[tuple(chosen)] <= min(costs.values()) + NEAR + 1e-9


def test_buyers_at_one_instant_are_spread_over_the_nearly_best() -> None:
    plan = a_hall(*(a_seat(row, n, 0.9 - 0.02 * row) for row in range(6) for n in range(1, 5)))
    free = set(plan.by_id)
    chosen = {tuple(choose(plan, free, 4, rng=Random(seed)) or ()) for seed in range(60)}
    assert {seats[0] for seats in chosen} == {"0-1", "1-1", "2-1"}


def test_no_seat_is_left_single_where_the_choice_is_equal() -> None:
    plan = a_hall(*(a_seat(1, n) for n in range(1, 6)))
    chosen = {tuple(choose(plan, set(plan.by_id), 2, rng=Random(seed)) or ()) for seed in range(40)}
    assert chosen == {("1-1", "1-2"), ("1-4", "1-5")}


def test_a_much_better_view_is_worth_an_orphan() -> None:
    good = {3: 1.0, 4: 1.0}
    plan = a_hall(*(a_seat(1, n, good.get(n, 0.5)) for n in range(1, 6)))
    assert choose(plan, set(plan.by_id), 2, rng=Random(1)) == ["1-3", "1-4"]


def test_nobody_is_seated_across_an_aisle_or_a_taken_seat() -> None:
    plan = a_hall(*(a_seat(1, n, block=int(n > 2)) for n in range(1, 7)))
    assert choose(plan, set(plan.by_id) - {"1-5"}, 3, rng=Random(1)) is None


def test_wheelchair_places_are_not_handed_out() -> None:
    plan = a_hall(*(a_seat(1, n, wheelchair=n == 2) for n in range(1, 4)))
    assert choose(plan, set(plan.by_id), 2, rng=Random(1)) is None


def test_only_the_asked_section_is_searched() -> None:
    plan = a_hall(*(a_seat(1, n) for n in range(1, 4)))
    assert choose(plan, set(plan.by_id), 2, sections={"stalls"}, rng=Random(1))
    assert choose(plan, set(plan.by_id), 2, sections={"balcony"}, rng=Random(1)) is None


def test_unnumbered_places_need_not_be_neighbours() -> None:
    plan = a_hall(*(a_seat(1, n) for n in range(1, 8)), numbered=False)
    free = {"1-1", "1-4", "1-7"}
    assert set(choose(plan, free, 3, rng=Random(1)) or ()) == free
    assert choose(plan, free, 4, rng=Random(1)) is None
