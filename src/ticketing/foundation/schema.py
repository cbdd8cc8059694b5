"""The schema: Alembic's migrations, run on a live connection.

A migration's file is named by its step, 0004_lean_indexes, so that a server need not load Alembic
(6 MB) to see whether its tables are up to date.
"""

from functools import cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ticketing.foundation.engines import writing_engine
from ticketing.foundation.resources import directory

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"
STEP = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(VERSION_TABLE))


class UnknownStep(Exception):
    """No migration is called so: a newer version made these tables."""


def upgrade(url: str, step: str = "head") -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        bring_to(connection, step)
    engine.dispose()


def downgrade(url: str, step: str = "base") -> None:
    from alembic import command

    engine = writing_engine(url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), step)
    engine.dispose()


def bring_to(connection: sa.Connection, step: str) -> None:
    """Run the migrations up to a step, inside the connection's transaction; raises UnknownStep."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), step)
    except CommandError as error:
        raise UnknownStep() from error


def configuration(connection: sa.Connection | None = None) -> "Config":
    from alembic.config import Config

    result = Config()
    result.set_main_option("script_location", str(directory("migrations")).replace("%", "%%"))
    result.attributes["connection"] = connection
    return result


def is_current(url: str) -> bool:
    engine = writing_engine(url)
    with engine.connect() as connection:
        found = revision(connection)
    engine.dispose()
    return found == newest()


def revision(connection: sa.Connection) -> str | None:
    """Return the step that the tables are at, None where there are none."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(STEP).scalar()


@cache
def newest() -> str:
    files = (directory("migrations") / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)
