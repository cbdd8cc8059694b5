"""A backup: one SQLite file whatever the database, taken beside the sale, proved before it has its name.

SQLite hands over its pages in one step, PostgreSQL its rows in one snapshot: neither makes a writer
wait, and no writer spoils it. ``prove`` is asked about the copy itself and says what does not hold.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import quote

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.engines import cause, reading_engine, writing_engine
from ticketing.desk.schema import VERSION_TABLE, Unable, require_current, upgrade

R = TypeVar("R")
AT_ONCE = 1_000  # rows in memory


def back_up(url: str, target: Path, prove: Callable[[Tx], R]) -> R:
    """Return what ``prove`` says of the copy. ``target`` holds the whole copy or does not exist.

    Raises Unable, also where the disk has no room for it.
    """
    if target.exists():
        raise Unable(f"{target} exists already: give another name.")
    require_current(url)
    with (
        room_for(target),
        TemporaryDirectory(dir=target.parent, prefix=".backup-") as beside,  # for us alone
    ):
        copy = Path(beside, "copy.db")
        take(url, copy)
        with opened(copy) as connection:
            proved = prove(Tx(connection))
        copy.chmod(0o600)
        keep(copy, target)
    return proved


@contextmanager
def room_for(target: Path) -> Iterator[None]:
    """Say in a sentence why the copy cannot be written; what PostgreSQL says is another matter."""
    try:
        yield
    except (sqlite3.Error, sa.exc.DBAPIError, OSError) as error:
        if not isinstance(cause(error), sqlite3.Error | OSError):
            raise
        why = getattr(error, "strerror", None) or cause(error)
        raise Unable(
            f"no backup was made, {target} cannot be written ({why}):"
            f" look at the disk of {target.parent.resolve()}."
        ) from error


def take(url: str, copy: Path) -> None:
    with connected(reading_engine(url)) as source:
        if source.dialect.name == "sqlite":
            copy_pages(source, copy)
        else:
            upgrade(f"sqlite:///{copy}")
            with connected(writing_engine(f"sqlite:///{copy}")) as target, target.begin():
                copy_rows(source, target)
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")  # one file with nothing beside it


@contextmanager
def connected(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Use the engine once: whatever happens, nothing of it stays open."""
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def copy_pages(source: sa.Connection, copy: Path) -> None:
    raw = source.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    with closing(sqlite3.connect(copy)) as target:
        raw.backup(target)  # all in one step: in several, each write between two begins it anew


def copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    """Fill the target's empty tables, parents first; raises Unable if a row is missing after it."""
    tables = sa.MetaData()
    tables.reflect(target)
    for table in tables.sorted_tables:
        if table.name == VERSION_TABLE:
            continue
        rows = source.execution_options(yield_per=AT_ONCE).execute(sa.select(table)).mappings()
        copied = 0
        for some in rows.partitions():
            target.execute(table.insert(), [dict(row) for row in some])
            copied += len(some)
        count = sa.select(sa.func.count()).select_from(table)
        if not copied == source.execute(count).scalar() == target.execute(count).scalar():
            raise Unable(f"the table {table.name} was not copied whole.")


@contextmanager
def opened(file: Path) -> Iterator[sa.Connection]:
    """Open a backup for reading; raises Unable unless it is a whole and undamaged one."""
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    engine = sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with engine.connect() as connection:
            check_pages(connection, file)
            yield connection
    finally:
        engine.dispose()


def check_pages(connection: sa.Connection, file: Path) -> None:
    try:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except sa.exc.DatabaseError:
        raise Unable(f"{file} is not a backup, or cannot be read.") from None
    if found != ["ok"] or orphans:
        raise Unable(f"{file} is damaged: take another backup.")


def keep(copy: Path, target: Path) -> None:
    """Give the file its name once the disk has it."""
    to_disk(copy)
    copy.replace(target)
    to_disk(target.parent)


def to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
