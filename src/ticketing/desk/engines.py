"""Connections to the database: how each is prepared, how its transactions begin, what its errors mean."""

import random
import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

BEGIN_SECONDS = 5.0  # how long a writer waits for another process on the same SQLite file


def writing_engine(url: str, threads: int = 8) -> sa.Engine:
    """Return the engine for acts; SQLite's transactions begin IMMEDIATE, fairly."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=threads)
    make_folder(url)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 0})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_immediate)
    return engine


def reading_engine(url: str, threads: int = 4) -> sa.Engine:
    """Return the engine for questions: they see one state and may change nothing."""
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            pool_size=threads,
            max_overflow=2,
            isolation_level="REPEATABLE READ",
            connect_args={"options": "-c default_transaction_read_only=on"},
        )
    make_folder(url)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "connect", for_reading)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def make_folder(url: str) -> None:
    if path := sa.make_url(url).database:
        Path(path).parent.mkdir(parents=True, exist_ok=True)


def prepare_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # the driver's own BEGIN would lose updates
    patiently(raw, "PRAGMA journal_mode=WAL")  # waits for the last reader of a file not yet in WAL
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-16384"):
        raw.execute(f"PRAGMA {pragma}")


def for_reading(raw: sqlite3.Connection, _record: object) -> None:
    """There are several, and the system keeps the file's pages for all of them: 4 MB each will do."""
    for pragma in ("query_only=ON", "cache_size=-4096"):
        raw.execute(f"PRAGMA {pragma}")


def begin_immediate(connection: sa.Connection) -> None:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    patiently(raw, "BEGIN IMMEDIATE")


def patiently(raw: sqlite3.Connection, text: str) -> None:
    """Take a lock fairly; SQLite's own waiting starves one of two processes, this does not."""
    end = time.monotonic() + BEGIN_SECONDS
    while True:
        try:
            raw.execute(text)
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
            time.sleep(0.0002 + random.random() * 0.001)  # noqa: S311  jitter, not a secret
        else:
            return


def cause(error: BaseException) -> BaseException:
    """Return the driver's own error behind SQLAlchemy's."""
    return getattr(error, "orig", None) or error


def is_busy(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 255 == sqlite3.SQLITE_BUSY
