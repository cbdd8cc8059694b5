"""Rows are locked in one order: first that a change which is not in order deadlocks, then ours."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from stage import Stage
from ticketing.foundation.codes import digest
from ticketing.foundation.db import Tx
from ticketing.foundation.engines import writing_engine
from ticketing.foundation.errors import Refused
from ticketing.inventory.change import change
from ticketing.inventory.claim import claim
from ticketing.inventory.held import LOCK, find, seats_of
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
