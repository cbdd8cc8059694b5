"""Write the next migration: what the models say and the last migration does not.

    .venv/bin/python tools/migration.py "Add waiting lists"

Read it, tidy it, and let tests/house/test_migrations.py judge it on both databases.
"""

import sys
import tempfile

from alembic import command
from alembic.script import ScriptDirectory

import ticketing.app  # noqa: F401  every room's models
from ticketing.desk.engines import writing_engine
from ticketing.desk.schema import configuration, upgrade


def main(message: str) -> None:
    number = len(list(ScriptDirectory.from_config(configuration()).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        upgrade(url)
        engine = writing_engine(url)
        with engine.connect() as connection:
            config = configuration(connection)
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
