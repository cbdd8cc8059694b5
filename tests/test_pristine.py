"""A database that is used again is as new."""

from collections.abc import Iterator

import psycopg
import pytest

import databases
import postgres
import pristine

pytestmark = pytest.mark.pg
EVERY = """
    SELECT (SELECT json_agg(gate) FROM gate)::text, (SELECT json_agg(performance) FROM performance)::text,
      (SELECT count(*) FROM idempotency_key)
"""


@pytest.fixture
def was(cluster: str, seeded_postgres: str) -> Iterator[pristine.Pristine]:
    was = databases.new_postgres(cluster, seeded_postgres)
    yield was
    was.here.close()


def act(folder: str, name: str, *texts: str) -> object:
    with psycopg.connect(host=folder, user=postgres.USER, dbname=name, autocommit=True) as line:
        found = [line.execute(text.encode()) for text in texts][-1]
        return found.fetchone() if found.description else None


def test_what_was_changed_added_and_deleted_is_put_back(
    cluster: str, was: pristine.Pristine
) -> None:
    before = act(cluster, was.name, EVERY)
    for _ in range(2):
        act(
            cluster, was.name, "UPDATE performance SET slug = slug || 'x'", "DELETE FROM gate",
            "INSERT INTO idempotency_key VALUES ('a', 'b', 'c', NULL, 1)",
        )  # fmt: skip
        assert act(cluster, was.name, EVERY) != before
        assert pristine.put_back(was)
        assert act(cluster, was.name, EVERY) == before


@pytest.mark.parametrize(
    "text",
    [
        "DROP INDEX ix_sign_in_attempt_who_at",
        "CREATE TABLE more (x int)",
        "ALTER TABLE gate ALTER label DROP NOT NULL",
        "ALTER TABLE letter RENAME TO letters",
    ],
)
def test_a_database_whose_tables_were_changed_is_not_used_again(
    cluster: str, was: pristine.Pristine, text: str
) -> None:
    act(cluster, was.name, text)
    assert not pristine.put_back(was)
