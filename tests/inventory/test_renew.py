"""A hold's full minutes again: capped, and what it means once the time is over."""

from collections.abc import Iterator

import pytest

from stage import Stage, stage
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.foundation.errors import NotFound
from ticketing.inventory.change import release
from ticketing.inventory.hold_record import Held, HoldLapsed
from ticketing.inventory.renew import NoMoreRenewals, renew
from ticketing.programme.on_sale import SalePaused
from ticketing.programme.pause import pause


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def world(world_url: str, clock: SetClock) -> Iterator[Stage]:
    desk = open_desk(world_url, clock)
    yield stage(desk)
    desk.close()


def again(world: Stage, held: Held) -> Held:
    return world.desk.write_now(renew, held.token, minutes=15)


def test_a_hold_has_its_full_minutes_again_so_often_as_the_performance_says(
    world: Stage, clock: SetClock
) -> None:
    held = world.hold(world.seats(2))
    for left in (1, 0):
        clock.forward(14 * MINUTE)
        held = again(world, held)
        assert (held.held_until, held.renewals_left) == (clock.now() + 15 * MINUTE, left)
    with pytest.raises(NoMoreRenewals):
        again(world, held)
    clock.forward(15 * MINUTE)
    assert world.hold(held.seats).seats == held.seats


def test_the_seats_are_kept_as_long_as_is_said(world: Stage, clock: SetClock) -> None:
    held = world.hold(world.seats(1))
    clock.forward(14 * MINUTE)
    again(world, held)
    clock.forward(14 * MINUTE)
    assert world.place(held).order.total == 6000


def test_a_hold_whose_time_is_over_keeps_what_nobody_took(world: Stage, clock: SetClock) -> None:
    held = world.hold(world.seats(3))
    clock.forward(20 * MINUTE)
    world.hold(held.seats[:1])
    assert again(world, held).seats == held.seats[1:]
    world.place(Held(held.token, world.performance, held.seats[1:], 0, 0, ""))


def test_when_all_were_taken_the_hold_is_over(world: Stage, clock: SetClock) -> None:
    held = world.hold(world.seats(2))
    clock.forward(20 * MINUTE)
    world.hold(held.seats)
    with pytest.raises(HoldLapsed):
        again(world, held)


def test_what_was_given_back_or_ordered_cannot_be_renewed(world: Stage) -> None:
    given_back, ordered = world.hold(world.seats(1)), world.hold(world.seats(1, skip=1))
    world.desk.write_now(release, given_back.token)
    world.place(ordered)
    for held in (given_back, ordered):
        with pytest.raises(HoldLapsed):
            again(world, held)


def test_a_paused_sale_renews_nothing_and_a_foreign_token_is_unknown(world: Stage) -> None:
    held = world.hold(world.seats(1))
    world.desk.write_now(pause, world.performance, by="test")
    with pytest.raises(SalePaused):
        again(world, held)
    with pytest.raises(NotFound):
        world.desk.write_now(renew, "nobody's", minutes=15)
