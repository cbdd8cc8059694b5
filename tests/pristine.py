"""PostgreSQL databases that test after test has as new: what one touched is put back before the next.

To make a database takes a tenth of a second and more, to put back the rows of some tables a fiftieth.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import Connection, sql

import postgres

HERE = "'public'::regnamespace"
TABLES = f"SELECT relname FROM pg_class WHERE relnamespace = {HERE} AND relkind = 'r'"
# Whatever a test does to the schema shows here: nobody else gets its database then.
SCHEMA = f"""
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
      SELECT format('%s %s %s %s %s', attrelid, relname, attname, atttypid, attnotnull)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = {HERE}
      UNION ALL SELECT format('%s %s', oid, convalidated) FROM pg_constraint
        WHERE connamespace = {HERE}
      UNION ALL SELECT format('%s %s', indexrelid, indisvalid) FROM pg_index
        JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = {HERE}
      UNION ALL SELECT format('%s %s', oid, tgenabled) FROM pg_trigger
      UNION ALL SELECT format('%s %s', oid, prosrc) FROM pg_proc WHERE pronamespace = {HERE}
      UNION ALL SELECT nspname FROM pg_namespace
    ) AS every (part)
"""
OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


@dataclass
class Pristine:
    """A database as it was made, and a line to it. ``rows``: by table, as COPY writes them, and how many;
    every row is older than the transaction ``since``."""

    name: str
    here: Connection
    rows: dict[str, tuple[bytes, int]]
    schema: str
    since: int


kept: dict[tuple[str, str], list[Pristine]] = defaultdict(list)


def looked_at(folder: str, name: str) -> Pristine:
    """Return what a database holds that nobody has used yet."""
    here = psycopg.connect(host=folder, user=postgres.USER, dbname=name, prepare_threshold=0)
    rows = {table: _rows(here, table) for (table,) in here.execute(TABLES).fetchall()}
    found = Pristine(name, here, rows, _one(here, SCHEMA), _one(here, NEXT))
    here.commit()
    return found


def put_back(was: Pristine) -> bool:
    """Put back what was touched; say no where the tables themselves are not what they were."""
    here = was.here
    here.execute(OTHERS)
    if _one(here, SCHEMA) != was.schema:
        here.close()
        return False
    here.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key
    for table in _touched(was):
        named, (data, count) = sql.Identifier(table), was.rows[table]
        here.execute(sql.SQL("DELETE FROM {}").format(named))
        if count:
            with here.cursor().copy(sql.SQL("COPY {} FROM STDIN BINARY").format(named)) as copy:
                copy.write(data)
    here.commit()
    was.since = _one(here, NEXT)
    here.commit()
    return True


def _touched(was: Pristine) -> list[str]:
    """Return the tables with a newer row, or not so many as there were."""
    one = sql.SQL(
        "SELECT {name} WHERE (SELECT count(*) FROM {table}) <> {count}"
        " OR EXISTS (SELECT FROM {table} WHERE xmin::text::bigint >= {since})"
    )
    asked = [
        one.format(
            name=table, table=sql.Identifier(table), count=count,
            since=sql.SQL("(SELECT since FROM asked)"),
        )
        for table, (_, count) in was.rows.items()
    ]  # fmt: skip
    every = sql.SQL("WITH asked (since) AS (VALUES (%s)) ") + sql.SQL(" UNION ALL ").join(asked)
    return [table for (table,) in was.here.execute(every, [was.since])]


def _rows(here: Connection, table: str) -> tuple[bytes, int]:
    named = sql.Identifier(table)
    with here.cursor().copy(sql.SQL("COPY {} TO STDOUT BINARY").format(named)) as copy:
        data = b"".join(copy)
    return data, _one(here, sql.SQL("SELECT count(*) FROM {}").format(named))


def _one(here: Connection, text: LiteralString | sql.Composed) -> Any:
    row = here.execute(text).fetchone()
    assert row
    return row[0]
