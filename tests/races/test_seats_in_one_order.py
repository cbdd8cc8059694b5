"""Rows are locked in one order: first that a change which is not in order deadlocks, then ours."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg
import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.desk.engines import writing_engine
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import Refused
from ticketing.inventory.change import change
from ticketing.inventory.claim import claim, take_back
from ticketing.inventory.hold_record import LOCK, find, seats_of
from ticketing.inventory.models import PerformanceSeat
from ticketing.programme.on_sale import terms
from together import failures, together

pytestmark = pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)
Act = Callable[..., object]


@pytest.fixture
def once(world_url: str) -> Iterator[Act]:
    """Run an act in a transaction that nobody repeats."""
    engine = writing_engine(world_url)

    def run(act: Act, *args: object) -> object:
        with engine.begin() as connection:
            return act(Tx(connection), *args)

    yield run
    engine.dispose()


def own_first(tx: Tx, token: str, add: str, locked: threading.Barrier, now: int) -> None:
    """Lock the seats of the hold, and then the one that is added."""
    mine = find(tx, token)
    seats_of(tx, mine, now, LOCK)
    locked.wait()
    plan = terms(tx, mine.performance_id).plan_id
    claim(tx, mine.performance_id, plan, [add], digest(token), until=now, now=now)


def test_control_own_seats_first_deadlocks_two_who_want_each_others(
    world: Stage, once: Act
) -> None:
    held = [world.hold([seat]) for seat in world.seats(2)]
    locked = threading.Barrier(2)

    def want(n: int) -> object:
        return once(own_first, held[n].token, held[1 - n].seats[0], locked, held[n].held_until - 1)

    found = [getattr(error, "orig", error) for error in failures(together(2, want))]
    assert any(isinstance(error, psycopg.errors.DeadlockDetected) for error in found)


def test_two_who_want_each_others_seats_are_refused_and_never_deadlock(
    world: Stage, once: Act
) -> None:
    held = [world.hold(world.seats(3, skip=3 * n)) for n in range(8)]
    now = held[0].held_until - 1000  # all still run

    def want(n: int) -> object:
        wish = held[(n + 1) % 8].seats
        return once(lambda tx: change(tx, held[n].token, wish, [], now=now))

    found = [error for _ in range(3) for error in failures(together(8, want))]
    assert len(found) == 24
    assert all(isinstance(error, Refused) for error in found)


def last_first(tx: Tx, performance: str, order: str, *, now: int) -> None:
    """Free what an order bought, from its last seat to its first."""
    for seat in reversed(sold(tx, order)):
        tx.execute(
            sa.update(PerformanceSeat)
            .where(PerformanceSeat.performance_id == performance, PerformanceSeat.seat_id == seat)
            .values(order_id=None, hold_id=None, held_until=0, changed_at=now)
        )


def sold(tx: Tx, order: str) -> list[str]:
    query = sa.select(PerformanceSeat.seat_id).where(PerformanceSeat.order_id == order)
    return sorted(tx.execute(query).scalars())


def ours(tx: Tx, performance: str, order: str, *, now: int) -> None:
    take_back(tx, performance, order, reversed(sold(tx, order)), now=now)


@pytest.mark.parametrize(("free", "deadlocks"), [(last_first, True), (ours, False)])
def test_what_is_freed_is_locked_as_what_is_claimed(
    world: Stage, once: Act, free: Act, deadlocks: bool
) -> None:
    """Somebody keeps the first seat locked until both wait: the claim first, who frees behind it."""
    order = world.buy(world.seats(2)).order.id
    seats = world.desk.read_now(sold, order)
    plan = world.desk.read_now(terms, world.performance).plan_id
    now = int(time.time() * 1000)

    def claim_both(tx: Tx) -> None:
        claim(tx, world.performance, plan, seats, "another", until=now, now=now)

    def first_locked(tx: Tx) -> list[Future[object]]:
        query = sa.select(PerformanceSeat.seat_id).where(PerformanceSeat.seat_id == seats[0])
        tx.execute(query.with_for_update()).all()
        claiming = pool.submit(once, claim_both)
        wait_for_waiting(world, 1)
        freeing = pool.submit(once, lambda tx: free(tx, world.performance, order, now=now))
        wait_for_waiting(world, 2)
        return [claiming, freeing]

    with ThreadPoolExecutor(2) as pool:
        waited = once(first_locked)
        assert isinstance(waited, list)
        answers = [each.exception() for each in waited]
    found = [getattr(error, "orig", error) for error in answers if error is not None]
    assert any(isinstance(error, psycopg.errors.DeadlockDetected) for error in found) == deadlocks


def wait_for_waiting(world: Stage, count: int) -> None:
    """Return when so many connections wait for a lock."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until = time.monotonic() + 10
    while world.ask(waiting).scalar_one() < count:
        assert time.monotonic() < until, "nobody waits"
        time.sleep(0.01)
