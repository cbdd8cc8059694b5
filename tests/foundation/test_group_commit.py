"""Many acts in one commit: none takes another with it, and nobody hears yes too early."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import databases
from ticketing.desk import sqlite as sqlite_desk
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk, open_desk
from ticketing.desk.diary import DiaryEntry, note
from ticketing.desk.jobs import Job, Outcome, run
from ticketing.desk.postgres import ErrorSwallowed
from ticketing.foundation.errors import Refused

Act = Callable[..., Any]


def stored(desk: Desk) -> list[str]:
    query = sa.select(DiaryEntry.subject).order_by(DiaryEntry.subject)
    return list(desk.read_now(lambda tx: tx.execute(query).scalars().all()))


def write(tx: Tx, subject: str, *, now: int) -> str:
    note(tx, "test", subject, by="test", now=now)
    return subject


def refuse(tx: Tx, subject: str, *, now: int) -> None:
    write(tx, subject, now=now)
    raise Refused()


def break_transaction(tx: Tx, *, now: int) -> None:
    """SQLite ends the whole transaction where a statement says OR ROLLBACK."""
    write(tx, "broken", now=now)
    row = "INSERT OR ROLLBACK INTO diary SELECT * FROM diary WHERE subject = 'broken'"
    tx.connection.exec_driver_sql(row)


def break_commit(tx: Tx, *, now: int) -> None:
    """What a deferred foreign key forbids is found at COMMIT."""
    tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    tx.connection.exec_driver_sql(
        "INSERT INTO gate (name, hall_id, label) VALUES ('g', 'none', '{}')"
    )


def at_once(desk: Desk, *acts: tuple[Act, tuple[Any, ...]]) -> list[Any]:
    """Hand over acts while the writer is busy, so that it finds them all waiting."""
    busy, go = threading.Event(), threading.Event()

    def keep_busy(tx: Tx, *, now: int) -> None:
        busy.set()
        go.wait()

    async def ask() -> list[Any]:
        first = asyncio.ensure_future(desk.write(keep_busy))
        await asyncio.to_thread(busy.wait)
        asked = [asyncio.ensure_future(desk.write(act, *args)) for act, args in acts]
        await asyncio.sleep(0.01)
        go.set()
        await first
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(ask())


@pytest.fixture
def sqlite(empty_sqlite: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(databases.sqlite_copy(empty_sqlite, tmp_path))
    yield desk
    desk.close()


def test_what_waits_is_stored_in_one_commit(sqlite: Desk) -> None:
    before = sqlite.figures.commits
    answers = at_once(sqlite, *((write, (str(n),)) for n in range(50)))
    assert answers == [str(n) for n in range(50)]
    assert sqlite.figures.commits - before == 2  # the one it was busy with, and all the rest
    assert len(stored(sqlite)) == 50


def test_a_refused_act_takes_no_neighbour_with_it(sqlite: Desk) -> None:
    answers = at_once(sqlite, (write, ("a",)), (refuse, ("b",)), (write, ("c",)))
    assert answers[0] == "a"
    assert isinstance(answers[1], Refused)
    assert answers[2] == "c"
    assert stored(sqlite) == ["a", "c"]


def test_control_without_its_savepoint_a_refused_act_is_stored(
    sqlite: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(tx: Tx, unit: list[Job], now: int) -> list[Outcome]:
        try:
            return run(unit, tx, now)
        except Exception as error:
            return [Outcome(unit[0], None, error)]

    monkeypatch.setattr(sqlite_desk, "inside", unguarded)
    at_once(sqlite, (write, ("a",)), (refuse, ("b",)))
    assert stored(sqlite) == ["a", "b"]


@pytest.mark.parametrize("culprit", [break_transaction, break_commit])
def test_an_act_that_breaks_the_transaction_takes_no_neighbour_with_it(
    sqlite: Desk, culprit: Act
) -> None:
    answers = at_once(sqlite, (write, ("a",)), (culprit, ()), (write, ("c",)))
    assert (answers[0], answers[2]) == ("a", "c")
    assert isinstance(answers[1], Exception)
    assert stored(sqlite) == ["a", "c"]


@pytest.mark.parametrize("culprit", [break_transaction, break_commit])
def test_after_a_broken_transaction_the_desk_goes_on(sqlite: Desk, culprit: Act) -> None:
    with pytest.raises(Exception, match=r"UNIQUE|FOREIGN KEY"):
        sqlite.write_now(culprit)
    assert sqlite.write_now(write, "after") == "after"
    assert stored(sqlite) == ["after"]


def wish_together(tx: Tx, key: str, wishes: list[str], *, now: int) -> list[str | Exception]:
    """Each wish is written with how many were there; "no" is refused, "break" breaks them all."""
    if len(wishes) > 1 and "break" in wishes:
        raise ValueError("not together")
    return [Refused() if w == "no" else write(tx, f"{key} {w}", now=now) for w in wishes]


def wish_at_once(desk: Desk, wishes: list[tuple[str, str]]) -> list[Any]:
    async def ask() -> list[Any]:
        asked = [desk.write_together(wish_together, key, wish) for key, wish in wishes]
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(ask())


def test_wishes_of_one_kind_are_met_together(desk: Desk) -> None:
    wishes = [("one", str(n)) for n in range(40)] + [("two", str(n)) for n in range(40)]
    answers = wish_at_once(desk, wishes)
    assert answers == [f"{key} {wish}" for key, wish in wishes]
    assert desk.figures.commits < 80


def test_a_wish_that_is_refused_takes_no_other_with_it(desk: Desk) -> None:
    answers = wish_at_once(desk, [("one", "a"), ("one", "no"), ("one", "b")])
    assert [isinstance(answer, Refused) for answer in answers] == [False, True, False]
    assert stored(desk) == ["one a", "one b"]


def test_wishes_that_cannot_be_met_together_are_met_one_by_one(desk: Desk) -> None:
    answers = wish_at_once(desk, [("one", "a"), ("one", "break"), ("one", "b")])
    assert answers == ["one a", "one break", "one b"]


def swallow(tx: Tx, subject: str, *, now: int) -> str:
    with suppress(sa.exc.DBAPIError):
        tx.connection.exec_driver_sql("SELECT * FROM nowhere")
    return subject


@pytest.mark.pg
def test_postgresql_does_not_say_yes_to_an_act_that_swallowed_an_error(
    cluster: str, empty_postgres: str
) -> None:
    with databases.postgres_copy(cluster, empty_postgres) as url:
        desk = open_desk(url)
        with pytest.raises(ErrorSwallowed):
            desk.write_now(swallow, "a")
        assert desk.write_now(write, "b") == "b"
        desk.close()
