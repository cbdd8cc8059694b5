"""The schema: Alembic's migrations, run on a live connection."""

from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ticketing.foundation.db import writing_engine
from ticketing.foundation.resources import directory

VERSION_TABLE = "alembic_version"


def configuration(connection: sa.Connection | None = None) -> Config:
    result = Config()
    result.set_main_option("script_location", str(directory("migrations")).replace("%", "%%"))
    result.attributes["connection"] = connection
    return result


def upgrade(url: str, revision: str = "head") -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)
    engine.dispose()


def downgrade(url: str, revision: str = "base") -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), revision)
    engine.dispose()


def is_current(url: str) -> bool:
    engine = writing_engine(url)
    with engine.connect() as connection:
        found = revision(connection)
    engine.dispose()
    return found == newest()


def revision(connection: sa.Connection) -> str | None:
    """Return the step that the tables are at, None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()
