"""The orphan rule: what is refused, what is offered instead, and what is nobody's fault."""

from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from brute_force import Hall, singles
from doors import doors
from some_halls import a_hall, a_seat, a_small_hall
from stage import Stage
from ticketing.inventory.change import change, release
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold import hold
from ticketing.inventory.hold_record import Held
from ticketing.inventory.models import PerformanceSeat
from ticketing.inventory.orphans import OrphanSeat, better, wishes
from ticketing.seating.plan import Seat


def instead(row: str, wheelchair: int = -1) -> str:
    """Return the row with the seats that are offered; ``wheelchair``: the place of one.

    "." is free, "#" taken, "x" wanted, " " an aisle.
    """
    spots = [(n, mark) for n, mark in enumerate(row) if mark != " "]
    plan = a_hall(*(a_spot(row, n, n == wheelchair) for n, _ in spots))
    taken, wanted = ([f"stalls-1-{n}" for n, its in spots if its == mark] for mark in "#x")
    ((blocks, wish),) = wishes(plan, wanted)
    chosen = better(plan, blocks, set(taken), wish)
    return "".join(
        "x" if f"stalls-1-{n}" in chosen else m.replace("x", ".") for n, m in enumerate(row)
    )


def a_spot(row: str, n: int, wheelchair: bool) -> Seat:
    attributes = ("wheelchair",) if wheelchair else ()
    return a_seat(1, n, block=row[:n].count(" "), x=n * 0.55, attributes=attributes)


@pytest.mark.parametrize(
    ("row", "offered"),
    [
        (".x......", "x......."),
        (".xx.....", "xx......"),
        ("..x.#...", "...x#..."),
        ("x.#...", "..#x.."),
        (".xx# ....", "...# xx.."),
        ("x.x....", "xx....."),
        ("xx.xx.#....", "xxxx..#...."),
    ],
)
def test_for_a_seat_left_single_the_nearest_without_is_offered(row: str, offered: str) -> None:
    assert instead(row) == offered


@pytest.mark.parametrize(
    "row",
    [
        "..xx....",  # leaves two and four
        "xx.......",
        "#.#xx..",  # the single seat was single before
        ".xx#",  # of three seats two always leave one
        "xx.#.#",
        "xxx.#.#..",  # only a party split would leave none
    ],
)
def test_a_wish_stands_where_nothing_better_is_in_the_row(row: str) -> None:
    assert instead(row) == row


def test_a_wheelchair_place_ends_a_run() -> None:
    assert instead("..x..") == "..x.."
    assert instead("..x..", wheelchair=4) == "...x."


def test_a_wheelchair_place_picked_by_hand_is_not_judged() -> None:
    plan = a_hall(*(a_spot(".....", n, n == 1) for n in range(5)))
    assert wishes(plan, ["stalls-1-1"]) == []


@given(seed=st.integers(0, 10**6), sold=st.floats(0, 0.7), count=st.integers(1, 4))
def test_what_is_offered_leaves_nobody_single(seed: int, sold: float, count: int) -> None:
    rng = Random(seed)
    plan = a_small_hall(rng)
    taken = {seat.id for seat in plan.seats if rng.random() < sold}
    left = [seat.id for seat in plan.seats if seat.id not in taken and not seat.attributes]
    hall = Hall(plan, taken)
    before = singles(set(hall.free))
    for row, wish in wishes(plan, rng.sample(left, min(count, len(left)))):
        found = better(plan, row, taken, wish)
        made = {name: singles(set(hall.free) - {hall.spots[s] for s in seats}) - before
                for name, seats in (("wish", wish), ("found", found))}  # fmt: skip
        assert len(found) == len(wish)
        assert taken.isdisjoint(found)
        assert (found == wish) or (made["wish"] and not made["found"])


def pick(world: Stage, seats: list[str], performance: str = "") -> Held:
    """Hold as a buyer who is not at the counter."""
    named = {"by": "a buyer", "network": "192.0.2.0/24", "minutes": 15}
    held: Held = world.desk.write_now(hold, performance or world.performance, seats, **named)
    return held


def test_a_refused_wish_holds_nothing_and_what_is_offered_can_be_held(world: Stage) -> None:
    seats = world.seats(12)
    with doors(world) as client:
        path = f"/api/performances/{world.performance}/holds"
        refused = client.post(path, json={"seats": [seats[10]]})
        assert refused.status_code == 422
        assert refused.json()["type"] == "/problems/orphan-seat"
        assert world.ask(sa.select(PerformanceSeat.seat_id)).all() == []
        offered = refused.json()["suggestion"]
        assert offered == [seats[9]]
        assert client.post(path, json={"seats": offered}).status_code == 201


def test_the_buyers_own_seats_count_as_theirs(world: Stage) -> None:
    seats = world.seats(12)
    token = world.hold(seats[:2]).token
    with pytest.raises(OrphanSeat) as refused:
        world.desk.write_now(change, token, [seats[3]], [])
    assert refused.value.fields["suggestion"] == seats[:3]
    assert world.desk.write_now(change, token, [seats[2]], []).seats == sorted(seats[:3])


def test_seats_that_others_have_end_a_run(world: Stage) -> None:
    seats = world.seats(12)
    world.hold(seats[4:6])
    with pytest.raises(OrphanSeat) as refused:
        pick(world, [seats[2]])
    assert refused.value.fields["suggestion"] == [seats[3]]


def test_what_is_offered_after_a_clash_leaves_nobody_single(world: Stage) -> None:
    seats = world.seats(12)
    world.hold([seats[1], seats[5]])
    with pytest.raises(SeatsTaken) as refused:
        pick(world, seats[4:6])
    assert refused.value.fields["offer"] == sorted(seats[6:8])  # nearer ones leave one
    assert pick(world, seats[6:8]).seats == sorted(seats[6:8])


def test_the_counter_may_leave_a_seat_single(world: Stage) -> None:
    seats = world.seats(2)
    with pytest.raises(OrphanSeat):
        pick(world, seats[1:])
    assert world.hold(seats[1:]).seats == seats[1:]


def test_places_without_numbers_are_not_judged(world: Stage) -> None:
    held = world.hold_on_the_lawn(3)
    world.desk.write_now(release, held.token)
    assert pick(world, held.seats[1:2], world.lawn).seats == held.seats[1:2]
