"""Opening a desk on a file that somebody else is reading or writing."""

import sqlite3
from pathlib import Path
from threading import Timer

import pytest

import databases
from ticketing.desk import engines
from ticketing.desk.desk import open_desk
from ticketing.desk.diary import note


def reader_of_a_file_not_yet_in_wal(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.execute("BEGIN")
    raw.execute("SELECT count(*) FROM diary").fetchone()
    return raw


@pytest.fixture
def file(empty_sqlite: Path, tmp_path: Path) -> Path:
    databases.sqlite_copy(empty_sqlite, tmp_path)
    return tmp_path / "test.db"


def test_a_desk_waits_for_a_reader_and_then_works(file: Path) -> None:
    reader = reader_of_a_file_not_yet_in_wal(file)
    Timer(0.2, reader.rollback).start()
    desk = open_desk(f"sqlite:///{file}")
    desk.write_now(note, "test", "x", by="test")
    desk.close()
    assert reader.execute("SELECT count(*) FROM diary").fetchone() == (1,)
    reader.close()


def test_a_desk_that_cannot_open_says_so_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BEGIN_SECONDS", 0.1)
    reader = reader_of_a_file_not_yet_in_wal(file)
    with pytest.raises(Exception, match="database is locked"):
        open_desk(f"sqlite:///{file}")
    reader.close()
