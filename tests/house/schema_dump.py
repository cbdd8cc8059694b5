"""What a database says its schema is, as text: two databases are alike if their texts are equal."""

import sqlalchemy as sa

COLUMNS = """
select table_name || '.' || column_name || ' ' || data_type || ' null ' || is_nullable
    || ' default ' || coalesce(column_default, '-')
from information_schema.columns where table_schema = 'public'"""
CONSTRAINTS = """
select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
from pg_constraint where connamespace = 'public'::regnamespace"""
INDEXES = "select indexdef from pg_indexes where schemaname = 'public'"
OPTIONS = """
select relname || ' ' || array_to_string(reloptions, ' ')
from pg_class where relnamespace = 'public'::regnamespace and reloptions is not null"""
OTHERS = """
select relkind::text || ' ' || relname
from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i')"""


def connected(url: str) -> sa.Connection:
    return sa.create_engine(url, poolclass=sa.NullPool).connect()


def schema_dump(url: str) -> list[str]:
    """Return one line for each column, constraint, index and option; Alembic's own table is left out."""
    with connected(url) as connection:
        lines = of_sqlite(connection) if url.startswith("sqlite") else of_postgresql(connection)
    return sorted(line for line in lines if "alembic_version" not in line)


def of_sqlite(connection: sa.Connection) -> list[str]:
    """Columns and constraints stand in any order: a column that was added is the last.

    A table that was made anew and renamed has its name in quotes.
    """
    kept = sa.text("select tbl_name, sql from sqlite_master where sql is not null")
    return [
        f"{table}: {part}"
        for table, sql in connection.execute(kept)
        for part in parts(sql.replace(f'"{table}"', table))
    ]


def parts(sql: str) -> list[str]:
    """Split a CREATE statement at the commas of its outermost brackets."""
    found, depth = [""], 0
    for letter in " ".join(sql.split()):
        depth += (letter == "(") - (letter == ")")
        if (letter, depth) in ((",", 1), ("(", 1), (")", 0)):
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found if part.strip()]


def of_postgresql(connection: sa.Connection) -> list[str]:
    questions = (COLUMNS, CONSTRAINTS, INDEXES, OPTIONS, OTHERS)
    return [row[0] for text in questions for row in connection.execute(sa.text(text))]
