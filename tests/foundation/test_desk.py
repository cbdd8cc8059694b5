"""The desk on both databases."""

import asyncio
import time

import pytest
import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.diary import DiaryEntry, note
from ticketing.foundation.clock import SystemClock
from together import failures, together


def write_twice(tx: Tx, *, now: int) -> None:
    note(tx, "test.first", "x", by="test", now=now)
    note(tx, "test.second", "x", by="test", now=now)
    raise ValueError("changed my mind")


def count(tx: Tx) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(DiaryEntry)).scalar_one())


def test_an_act_that_fails_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(ValueError, match="changed my mind"):
        desk.write_now(write_twice)
    assert desk.read_now(count) == 0


def test_after_a_failure_the_next_act_is_stored(desk: Desk) -> None:
    with pytest.raises(ValueError, match="changed my mind"):
        desk.write_now(write_twice)
    desk.write_now(note, "test.third", "x", by="test")
    assert desk.read_now(count) == 1


def test_acts_from_many_threads_are_all_stored(desk: Desk) -> None:
    answers = together(40, lambda n: desk.write_now(note, "test", str(n), by="t"))
    assert failures(answers) == []
    assert desk.read_now(count) == 40


def test_an_act_is_told_the_time(desk: Desk) -> None:
    told = desk.write_now(lambda tx, now: now)
    assert abs(told - SystemClock().now()) < 5_000


def test_a_question_may_not_write(desk: Desk) -> None:
    with pytest.raises(Exception, match=r"read.?only"):
        desk.read_now(note, "test", "x", by="test", now=1)
    assert desk.read_now(count) == 0


def test_an_act_whose_asker_went_away_does_not_stop_the_desk(desk: Desk) -> None:
    async def ask_and_leave() -> None:
        tasks = [asyncio.ensure_future(desk.write(slow, by="test")) for _ in range(4)]
        await asyncio.sleep(0.02)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(ask_and_leave())
    desk.write_now(note, "test.after", "x", by="test")
    assert desk.read_now(count) >= 1


def slow(tx: Tx, *, by: str, now: int) -> None:
    time.sleep(0.05)
    note(tx, "test.slow", "x", by=by, now=now)


def touch(tx: Tx, performance: str, *, fail: bool, now: int) -> None:
    note(tx, "test", performance, by="test", now=now)
    tx.touched.add(performance)
    if fail:
        raise ValueError("changed my mind")


def test_whoever_watches_is_told_what_changed_once_it_is_stored(desk: Desk) -> None:
    told: list[set[str]] = []
    desk.watch(lambda touched: told.append(set(touched)))
    desk.write_now(touch, "one", fail=False)
    with pytest.raises(ValueError, match="changed my mind"):
        desk.write_now(touch, "two", fail=True)
    desk.write_now(note, "test", "x", by="test")
    assert told == [{"one"}]
