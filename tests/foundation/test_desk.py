"""The desk on both databases."""

import threading

import pytest
import sqlalchemy as sa

from ticketing.foundation.desk import Desk
from ticketing.foundation.diary import DiaryEntry, note
from ticketing.foundation.clock import SystemClock


def write_twice(tx, *, now):  # type: ignore[no-untyped-def]
    note(tx, "test.first", "x", by="test", now=now)
    note(tx, "test.second", "x", by="test", now=now)
    raise ValueError("changed my mind")


def count(tx) -> int:  # type: ignore[no-untyped-def]
    return tx.execute(sa.select(sa.func.count()).select_from(DiaryEntry)).scalar_one()


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
    threads = [
        threading.Thread(target=desk.write_now, args=(note, "test", str(n)), kwargs={"by": "t"})
        for n in range(40)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert desk.read_now(count) == 40


def test_an_act_is_told_the_time(desk: Desk) -> None:
    told = desk.write_now(lambda tx, now: now)
    assert abs(told - SystemClock().now()) < 5_000


def test_a_question_may_not_write(desk: Desk) -> None:
    with pytest.raises(Exception, match="read.?only"):
        desk.read_now(note, "test", "x", by="test", now=1)
    assert desk.read_now(count) == 0
