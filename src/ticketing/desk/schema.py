"""The schema: Alembic's migrations, run on a live connection.

A migration's file is named by its step, 0004_lean_indexes, so that a server need not load Alembic
(6 MB) to see whether its tables are up to date.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ticketing.desk.engines import writing_engine
from ticketing.foundation.resources import directory

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"
STEP = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(VERSION_TABLE))


class Unable(Exception):
    """What cannot be done to a database; the text says why and what to do."""


class UnknownStep(Unable):
    """No migration is called so: a newer version made these tables."""

    def __init__(self, step: str | None) -> None:
        super().__init__(
            f"the database's tables are at {step}, this version knows no further than {newest()}:"
            " use the newer version that made them. Nothing was changed."
        )


def upgrade(url: str, step: str = "head") -> None:
    """Raises Unable, and changes nothing then."""
    with changing(url) as connection:
        bring_to(connection, step)


def downgrade(url: str, step: str = "base") -> None:
    from alembic import command

    with changing(url) as connection:
        command.downgrade(configuration(connection), step)


@contextmanager
def changing(url: str) -> Iterator[sa.Connection]:
    """One transaction in which tables may be made anew; raises Unable where a row lost its parent.

    To change a table of SQLite is to drop it, which its foreign keys forbid as long as they are looked at
    row by row: they are looked at once, before the commit.
    """
    engine = writing_engine(url)
    try:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            if isinstance(raw, sqlite3.Connection):
                raw.execute("PRAGMA foreign_keys=OFF")  # without effect inside a transaction
            with connection.begin():
                yield connection
                require_parents(connection)
    finally:
        engine.dispose()


def require_parents(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL looked at each row
    found = connection.exec_driver_sql("PRAGMA foreign_key_check")
    lost = Counter((child, parent) for child, _, parent, _ in found)
    if lost:
        what = ", ".join(
            f"{count} of {child} name no row of {parent}" for (child, parent), count in lost.items()
        )
        raise Unable(f"rows of the database do not fit together ({what}). Nothing was changed.")


def bring_to(connection: sa.Connection, step: str) -> None:
    """Run the migrations up to a step, inside the transaction of ``changing``; raises UnknownStep."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), step)
    except CommandError as error:
        raise UnknownStep(revision(connection) or step) from error


def configuration(connection: sa.Connection | None = None) -> "Config":
    from alembic.config import Config

    result = Config()
    result.set_main_option("script_location", str(directory("migrations")).replace("%", "%%"))
    result.attributes["connection"] = connection
    return result


def require_current(url: str) -> None:
    """Raises Unable, which says what to do, where the tables are not those of this version."""
    engine = writing_engine(url)
    with engine.connect() as connection:
        found = revision(connection)
    engine.dispose()
    if found is None:
        raise Unable("the database has no tables yet: run `ticketing migrate` first.")
    if found not in steps():
        raise UnknownStep(found)
    if found != newest():
        raise Unable(
            f"the database's tables are at {found} and not up to date: back up with the version that"
            " made them, then run `ticketing migrate`."
        )


def revision(connection: sa.Connection) -> str | None:
    """Return the step that the tables are at, None where there are none."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(STEP).scalar()


@cache
def steps() -> tuple[str, ...]:
    files = (directory("migrations") / "versions").glob("[0-9]*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


def newest() -> str:
    return steps()[-1]
