"""Rung 5: the writer is killed in the middle of its work; what it acknowledged is there."""

from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

import databases
from simulation.killed import killed
from ticketing.audit.verify import verify
from ticketing.desk.desk import open_desk
from ticketing.orders.models import Order

SEEDS = range(8)


@pytest.fixture
def database(seeded_sqlite: Path, tmp_path: Path) -> Callable[[], str]:
    """Return the address of a new database, each time."""
    numbers = count()

    def new() -> str:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return databases.sqlite_copy(seeded_sqlite, folder)

    return new


def lost(url: str, acknowledged: list[str]) -> set[str]:
    """Return what was acknowledged and is not there; the invariants hold in any case."""
    query = sa.select(Order.number, Order.paid_at)
    with closing(open_desk(url)) as desk:
        orders = desk.read_now(lambda tx: tx.execute(query).all())
        assert desk.read_now(verify) == []
    known = {number for number, _ in orders} | {f"paid {number}" for number, at in orders if at}
    return set(acknowledged) - known


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_acknowledged_before_the_kill_is_there(
    database: Callable[[], str], seed: int
) -> None:
    url = database()
    acknowledged = killed(url, seed)
    assert acknowledged
    assert lost(url, acknowledged) == set()


def test_yes_before_the_commit_is_found(database: Callable[[], str]) -> None:
    for seed in range(1, 40, 2):
        url = database()
        if lost(url, killed(url, seed, hasty=True)):
            return
    pytest.fail("every order that was acknowledged too early is there")
