"""How many holds a client and a network may have."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, MINUTE, SetClock, SystemClock
from ticketing.inventory.change import release
from ticketing.inventory.hold import hold
from ticketing.inventory.hold_record import Held
from ticketing.inventory.limit import TooManyHolds
from ticketing.inventory.models import Hold, HoldQuota
from ticketing.programme.models import Performance

ME, HERE = "client:me", "network:here"


def allow(tx: Tx, performance: str, per_client: int, per_network: int, *, now: int) -> None:
    limits = {"most_holds_per_client": per_client, "most_holds_per_network": per_network}
    tx.execute(sa.update(Performance).where(Performance.id == performance).values(limits))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def world(world_url: str, clock: SetClock) -> Iterator[Stage]:
    """Three holds for a client, five for a network."""
    desk = open_desk(world_url, clock)
    world = stage(desk)
    desk.write_now(allow, world.performance, 3, 5)
    yield world
    desk.close()


def take(world: Stage, nth: int, by: str = ME, network: str = HERE) -> Held:
    seats = world.seats(1, skip=nth)
    return world.desk.write_now(hold, world.performance, seats, by=by, network=network, minutes=15)


def test_the_fourth_hold_of_a_client_is_refused_and_leaves_no_trace(world: Stage) -> None:
    for n in range(3):
        take(world, n)
    with pytest.raises(TooManyHolds) as refused:
        take(world, 3)
    assert refused.value.retry_after == HOUR // 1000
    assert "60 分钟" in refused.value.sentence("zh")
    assert world.ask(sa.select(sa.func.count()).select_from(Hold)).scalar_one() == 3
    take(world, 3, by="client:another")


def test_abandoned_holds_count_for_an_hour(world: Stage, clock: SetClock) -> None:
    for n in range(3):
        take(world, n)
        clock.forward(10 * MINUTE)
    clock.forward(20 * MINUTE)  # none is live, the first is 50 minutes old
    with pytest.raises(TooManyHolds) as refused:
        take(world, 3)
    assert refused.value.retry_after == 10 * 60
    clock.forward(10 * MINUTE)
    take(world, 3)
    with pytest.raises(TooManyHolds):
        take(world, 4)


def test_what_was_ordered_does_not_count(world: Stage) -> None:
    for n in range(3):
        world.place(take(world, n))
    take(world, 3)


def test_what_was_given_back_at_once_does_not_count_but_a_long_hold_does(
    world: Stage, clock: SetClock
) -> None:
    for _ in range(3):
        world.desk.write_now(release, take(world, 0).token)
    kept = [take(world, n) for n in range(3)]
    clock.forward(2 * MINUTE)
    for held in kept:
        world.desk.write_now(release, held.token)
    with pytest.raises(TooManyHolds):
        take(world, 3)


def test_clients_share_the_limit_of_their_network(world: Stage) -> None:
    for n in range(5):
        take(world, n, by=f"client:{n}")
    with pytest.raises(TooManyHolds):
        take(world, 5, by="client:5")
    take(world, 5, by="client:5", network="network:there")


def test_each_performance_has_quotas_of_its_own(world: Stage) -> None:
    for n in range(3):
        take(world, n)
    places = world.hold_on_the_lawn(1)
    world.desk.write_now(release, places.token)
    world.desk.write_now(hold, world.lawn, places.seats, by=ME, network=HERE, minutes=15)


def test_the_counter_is_not_bound(world: Stage) -> None:
    for n in range(7):
        take(world, n, by="staff:mei", network="")
    assert world.ask(sa.select(HoldQuota.who)).all() == []


def test_a_refused_hold_does_not_count(world: Stage) -> None:
    world.hold(world.seats(1))
    for _ in range(5):
        with pytest.raises(Exception, match="seats-taken"):
            take(world, 0)
    take(world, 1)
