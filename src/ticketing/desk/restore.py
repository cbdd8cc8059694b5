"""Put a backup back, into either database, in one transaction: all of it or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from ticketing.desk.backup import copy_rows, opened
from ticketing.desk.db import Tx
from ticketing.desk.schema import Unable, UnknownStep, bring_to, changing, revision

R = TypeVar("R")


def restore(url: str, file: Path, prove: Callable[[Tx], R], *, replace: bool = False) -> R:
    """Return what ``prove`` says of the database restored; ``replace`` drops the tables in it."""
    if not file.is_file():
        raise Unable(f"{file}: there is no such file.")
    with opened(file) as copy, changing(url) as live:
        empty(live, replace=replace)
        fill(live, copy)
        return prove(Tx(live))


def empty(live: sa.Connection, *, replace: bool) -> None:
    there = sa.MetaData()
    there.reflect(live)
    if there.tables and not replace:
        raise Unable(
            "the database has tables already: --replace drops them and all that is in them."
        )
    there.drop_all(live)


def fill(live: sa.Connection, copy: sa.Connection) -> None:
    """Make the tables as the backup knew them, fill them, and bring them up to date."""
    if not (known := revision(copy)):
        raise Unable("the file is an SQLite database, but no backup of this programme.")
    try:
        bring_to(live, known)
    except UnknownStep:
        raise Unable(f"the backup was made by a newer version (its tables are {known}).") from None
    copy_rows(copy, live)
    bring_to(live, "head")
