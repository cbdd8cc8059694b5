"""The database: tables, statements compiled once, and the transaction an act is given."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase

from ticketing.foundation.words import Words

MOST_ROWS = 64  # of one insert
NOW = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint"  # PostgreSQL's, ms


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: sa.BigInteger,
        str: sa.String,
        bytes: sa.LargeBinary,
        bool: sa.Boolean,
        float: sa.Float,
        Words: sa.JSON,
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
    }


DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(),
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call]
}

# an insert that can say what happens where a row is already there: its one name is in no dialect
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Statement:
    """A Core statement whose text is compiled once per database and handed to the driver.

    Only plain columns (whole numbers, text, bytes): the driver's values are not converted.
    """

    def __init__(self, core: sa.Executable) -> None:
        self.core = core

    @cached_property
    def on_sqlite(self) -> tuple[str, Sequence[str], dict[str, Any]]:
        """Return the text, the order of the values, and the constants in it."""
        compiled = self.core.compile(dialect=DIALECTS["sqlite"])  # type: ignore[attr-defined]
        return str(compiled), tuple(compiled.positiontup or ()), compiled.params

    @cached_property
    def on_postgresql(self) -> tuple[str, dict[str, Any]]:
        compiled = self.core.compile(dialect=DIALECTS["postgresql"])  # type: ignore[attr-defined]
        return str(compiled), compiled.params


@cache
def insertion(model: type[Base], columns: tuple[str, ...], count: int) -> Statement:
    """An insert of so many rows; the values are named column_row."""
    rows: list[dict[str, Any]] = [
        {name: sa.bindparam(f"{name}_{n}") for name in columns} for n in range(count)
    ]
    return Statement(sa.insert(model).values(rows))


@cache
def insertion_of_arrays(model: type[Base], columns: tuple[str, ...]) -> Statement:
    """An insert of any number of rows on PostgreSQL: each value is a list of what its column holds."""
    types = model.__table__.c
    values = [sa.bindparam(name, type_=postgresql.ARRAY(types[name].type)) for name in columns]
    rows = sa.func.unnest(*values).table_valued(*columns).render_derived()
    return Statement(sa.insert(model).from_select(list(columns), sa.select(*rows.c)))


class Tx:
    """One transaction. ``execute`` is plain Core; ``all`` and ``run`` are for hot statements.

    ``touched`` are the performances whose seats it changed: once it is stored, whoever watches the
    desk is told.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.touched: set[str] = set()
        self.dialect = connection.dialect.name
        self._cursor = connection.connection.cursor()

    def execute(self, core: sa.Executable, values: Any = None) -> sa.CursorResult[*tuple[Any, ...]]:
        return self.connection.execute(core, values)

    def all(self, statement: Statement, **values: Any) -> list[tuple[Any, ...]]:
        self._send(statement, values)
        return list(self._cursor.fetchall())

    def first(self, statement: Statement, **values: Any) -> tuple[Any, ...] | None:
        self._send(statement, values)
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        return row

    def run(self, statement: Statement, **values: Any) -> int:
        """Return how many rows it changed."""
        self._send(statement, values)
        return self._cursor.rowcount

    def add(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows with equal columns, many in one statement; JSON is given as text."""
        if self.dialect == "postgresql" and len(rows) > 1:
            lists = {name: [row[name] for row in rows] for name in rows[0]}
            self._send(insertion_of_arrays(model, tuple(lists)), lists)
            return
        start = 0
        while left := len(rows) - start:
            count = min(1 << left.bit_length() - 1, MOST_ROWS)  # so there are few texts to keep
            part = rows[start : start + count]
            values = {f"{name}_{n}": row[name] for n, row in enumerate(part) for name in row}
            self._send(insertion(model, tuple(part[0]), count), values)
            start += count

    def begin(self, text: str) -> int:
        """Send a text of two statements, the second of which answers a number."""
        self._cursor.execute(text)
        self._cursor.nextset()
        (number,) = self._cursor.fetchall()[0]
        return int(number)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside if it raises, and only that; straight to the driver: it is hot."""
        self._cursor.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._cursor.execute("ROLLBACK TO SAVEPOINT part")
            self._cursor.execute("RELEASE SAVEPOINT part")
            raise
        self._cursor.execute("RELEASE SAVEPOINT part")

    def _send(self, statement: Statement, values: dict[str, Any]) -> None:
        if self.dialect == "sqlite":
            text, names, constants = statement.on_sqlite
            values = constants | values
            self._cursor.execute(text, [values[name] for name in names])
        else:
            text, constants = statement.on_postgresql
            self._cursor.execute(text, constants | values)
