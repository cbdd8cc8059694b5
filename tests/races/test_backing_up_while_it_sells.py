"""A backup taken in the middle of a sale is one moment of it, on both databases."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

import databases
from clients import Buyer
from servers import Server, command, serving
from stage import Stage
from ticketing.audit.verify import verify
from ticketing.desk import backup
from ticketing.desk.backup import back_up
from ticketing.desk.engines import reading_engine

ORDERS = "SELECT count(*) FROM orders"


on_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize(
    "world_url", [pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True
)


@on_sqlite
def test_control_a_plain_copy_of_the_file_lacks_what_was_sold(world: Stage, tmp_path: Path) -> None:
    world.buy(world.seats(2))
    shutil.copyfile(tmp_path / "test.db", tmp_path / "plain.db")
    assert databases.scalar(world.desk.url, ORDERS) == 1
    assert databases.scalar(f"sqlite:///{tmp_path}/plain.db", ORDERS) == 0


@on_sqlite
def test_control_a_copy_in_several_steps_begins_anew_with_each_sale(
    world: Stage, tmp_path: Path
) -> None:
    left: list[int] = []

    def sell_between(_status: int, remaining: int, _total: int) -> None:
        left.append(remaining)
        if len(left) < 10:
            world.hold(world.seats(1, skip=len(left)))

    with closing(sqlite3.connect(tmp_path / "test.db")) as live, closing(sqlite3.connect("")) as to:
        live.backup(to, pages=20, progress=sell_between, sleep=0)
    assert len(set(left[:10])) < 3


def selling_in_the_middle(world: Stage, engine: sa.Engine) -> None:
    """Sell two seats once, when the copy comes to the orders."""
    seats = world.seats(2)

    def sell(_c: Any, _k: Any, text: str, *_: Any) -> None:
        if seats and "FROM orders" in text:
            world.buy([seats.pop(), seats.pop()])

    event.listen(engine, "before_cursor_execute", sell)


@on_postgresql
@pytest.mark.parametrize(("level", "holds"), [("READ COMMITTED", False), ("REPEATABLE READ", True)])
def test_rows_are_read_in_one_snapshot_and_without_it_they_contradict_each_other(
    level: Any, holds: bool, world: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def engine(url: str) -> sa.Engine:
        made = reading_engine(url).execution_options(isolation_level=level)
        selling_in_the_middle(world, made)
        return made

    monkeypatch.setattr(backup, "reading_engine", engine)
    assert (back_up(world.desk.url, tmp_path / "copy", verify) == []) is holds


def test_a_backup_in_the_middle_of_a_sale_is_restored_elsewhere(
    world_url: str, tmp_path: Path
) -> None:
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.db"
    with serving(world_url, tmp_path, "--host", "127.0.0.1") as server, a_sale(server) as sold:
        before = list(sold)
        assert "Every invariant holds" in command(world_url, tmp_path, "backup", "copy")
        after = len(sold)
    assert "Every invariant holds" in command(elsewhere, tmp_path, "restore", "copy")
    assert set(before) <= numbers(elsewhere) <= numbers(world_url)
    assert after > len(before)


def numbers(url: str) -> set[str]:
    """Return the numbers of the orders in it."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT number FROM orders")).scalars().all()
    engine.dispose()
    return set(found)


@contextmanager
def a_sale(server: Server) -> Iterator[list[str]]:
    """Sell places on the lawn, from four threads, until the block ends; yield the orders' numbers."""
    sold: list[str] = []
    begun, over = threading.Event(), threading.Event()
    lawn = Buyer(server.url).performance("hushang-")["id"]

    def sell() -> None:
        buyer = Buyer(server.url)
        while not over.wait(0.3):  # the lawn has places for a minute
            order = buyer.order(buyer.best(lawn, 1), "free", "free")
            sold.append(order["number"])
            if len(sold) > 8:
                begun.set()

    threads = [threading.Thread(target=sell) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    yield sold
    over.set()
    for thread in threads:
        thread.join()
