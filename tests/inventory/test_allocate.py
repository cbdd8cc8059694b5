"""Seats that the house keeps: nobody else has them, until a time, and the figures of the past stay."""

import asyncio
from collections.abc import Sequence
from contextlib import closing

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.audit.verify import verify
from ticketing.caretaker import release_allocations
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.inventory.allocate import allocate, release, release_due, release_later, to_release
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.models import KeptFor
from ticketing.programme.cancel import cancel
from ticketing.programme.on_sale import PerformanceCancelled
from ticketing.reports.sales import sales


def keep(world: Stage, seats: list[str], until: int | None = None) -> str:
    return world.desk.write_now(
        allocate, world.performance, seats, KeptFor.PRESS, "晚报", until, by="staff:mei"
    )


def now() -> int:
    return SystemClock().now()


def test_a_kept_seat_is_nobodys(world: Stage) -> None:
    seats = world.seats(2)
    keep(world, seats)
    with pytest.raises(SeatsTaken):
        world.hold(seats)
    report = world.desk.read_now(sales, world.performance, now())
    assert (report.allocated, report.kept_for, report.held) == (2, {"press": 2}, 0)
    assert world.desk.read_now(verify) == []


def test_a_seat_that_somebody_holds_is_not_kept(world: Stage) -> None:
    seats = world.seats(2)
    world.hold(seats[:1])
    with pytest.raises(SeatsTaken) as refused:
        keep(world, seats)
    assert refused.value.fields["seats"] == seats[:1]
    assert world.desk.read_now(sales, world.performance, now()).allocated == 0


def let_go(world: Stage, mine: str, seats: Sequence[str] = ()) -> list[str]:
    return sorted(world.desk.write_now(release, world.performance, mine, seats, by="staff:mei"))


def test_what_is_let_go_is_for_sale_again_once(world: Stage) -> None:
    seats = world.seats(3)
    mine = keep(world, seats)
    assert let_go(world, mine, seats[:1]) == seats[:1]
    assert let_go(world, mine, seats[:1]) == []
    assert let_go(world, mine) == sorted(seats[1:])
    world.buy(seats)
    assert let_go(world, mine) == []
    assert world.desk.read_now(verify) == []


def test_it_lets_go_by_itself(world: Stage) -> None:
    seats, at = world.seats(2), now() + HOUR
    keep(world, seats, at)
    assert world.desk.read_now(to_release, at - 1) == []
    with closing(open_desk(world.desk.url, SetClock(at))) as desk:
        for _ in range(2):
            asyncio.run(release_allocations(desk))
        assert desk.read_now(to_release, at) == []
    world.buy(seats)


def test_the_time_is_moved(world: Stage) -> None:
    """A caretaker that has read that it is time lets go of nothing once it is moved."""
    at = now() + HOUR
    mine = keep(world, world.seats(2), at)
    with pytest.raises(BadInput):
        world.desk.write_now(release_later, world.performance, mine, now() - HOUR, by="staff:mei")
    for moved in (at + HOUR, at + HOUR, None):
        world.desk.write_now(release_later, world.performance, mine, moved, by="staff:mei")
        with closing(open_desk(world.desk.url, SetClock(at))) as desk:
            desk.write_now(release_due, mine, by="caretaker")
            assert desk.read_now(sales, world.performance, at).allocated == 2
    diary = sa.text("SELECT COUNT(*) FROM diary WHERE verb = 'seats.release_moved'")
    assert world.ask(diary).scalar_one() == 2


def test_what_was_kept_at_a_past_moment_never_changes(world: Stage) -> None:
    before = now() - 1
    mine = keep(world, world.seats(2))
    then = now()
    with closing(open_desk(world.desk.url, SetClock(then + HOUR))) as desk:
        desk.write_now(release, world.performance, mine, by="staff:mei")
        kept = [
            desk.read_now(sales, world.performance, at).allocated
            for at in (before, then, then + HOUR)
        ]
    assert kept == [0, 2, 0]


def test_nonsense_is_refused(world: Stage) -> None:
    for seats, until in (([], None), (["nowhere"], None), (world.seats(1), now() - HOUR)):
        with pytest.raises(BadInput):
            keep(world, seats, until)
    with pytest.raises(NotFound):
        let_go(world, "no such")
    world.desk.write_now(cancel, world.performance, {"zh": "取消", "en": "Off"}, by="test")
    with pytest.raises(PerformanceCancelled):
        keep(world, world.seats(1))
