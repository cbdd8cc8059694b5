"""The schema: Alembic's migrations, run on a live connection."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ticketing.foundation.db import writing_engine
from ticketing.foundation.resources import directory


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
        found = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return found == ScriptDirectory.from_config(configuration()).get_current_head()
