"""Migrations and models say the same, on both databases, and every step can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import databases
from house.schema_dump import connected, schema_dump
from ticketing.desk.db import Base
from ticketing.desk.schema import configuration, downgrade, newest, require_current, upgrade


@pytest.fixture
def bare(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a table, of the kind that ``url`` is."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/bare.db"
    else:
        with databases.postgres_copy(request.getfixturevalue("cluster"), "template1") as name:
            yield name


def test_the_migrations_make_the_tables_of_the_models(bare: str, url: str) -> None:
    upgrade(bare)
    require_current(bare)
    assert schema_dump(bare) == schema_dump(url)


def test_alembic_finds_nothing_left_to_migrate(bare: str) -> None:
    upgrade(bare)
    assert differences(bare) == []


def test_a_column_without_a_migration_is_found(bare: str) -> None:
    upgrade(bare)
    run(bare, "ALTER TABLE letter DROP COLUMN last_error")
    assert [difference[0] for difference in differences(bare)] == ["add_column"]


def test_a_constraint_without_a_migration_is_found(bare: str, url: str) -> None:
    upgrade(bare)
    run(bare, "DROP INDEX one_live_ticket")
    assert schema_dump(bare) != schema_dump(url)


def test_up_down_and_up_again(bare: str, url: str) -> None:
    upgrade(bare)
    downgrade(bare)
    assert schema_dump(bare) == []
    upgrade(bare)
    assert schema_dump(bare) == schema_dump(url)


def test_a_venue_that_was_there_before_is_found_as_it_is_typed(bare: str) -> None:
    upgrade(bare, "0004")
    run(
        bare,
        "INSERT INTO venue (id, slug, name, address, directions, zone, demo) VALUES"
        """ ('v', 'ylsg', '{"zh": "永利时光", "en": "Yongli"}', '{}', '{}', 'Asia/Shanghai', 0)""",
    )
    upgrade(bare)
    with connected(bare) as connection:
        found = connection.execute(sa.text("SELECT search FROM venue")).scalar_one()
    assert found == "永利时光 yongli yonglishiguang ylsg"


def test_the_migrations_are_one_line_of_descent_and_their_files_say_so() -> None:
    script = ScriptDirectory.from_config(configuration())
    assert script.get_heads() == [newest()]


def differences(url: str) -> list[Any]:
    with connected(url) as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def run(url: str, text: str) -> None:
    with connected(url) as connection, connection.begin():
        connection.execute(sa.text(text))
