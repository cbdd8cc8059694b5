"""The wire between the acts and SQLite: something may happen before each statement."""

import sqlite3
from collections.abc import Callable
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import event
from typing_extensions import override

Before = Callable[[str], None]


def tap(engine: sa.Engine, before: Before) -> None:
    """Call ``before`` with each statement, and with COMMIT and, once that is stored, COMMITTED."""

    class Cursor(sqlite3.Cursor):
        @override
        def execute(self, sql: str, values: Any = (), /) -> Self:
            before(sql)
            return super().execute(sql, values)

        @override
        def executemany(self, sql: str, values: Any, /) -> Self:
            before(sql)
            return super().executemany(sql, values)

    class Connection(sqlite3.Connection):
        @override
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        @override
        def commit(self) -> None:
            if self.in_transaction:
                before("COMMIT")
                super().commit()
                before("COMMITTED")

    event.listen(engine, "do_connect", lambda _d, _r, _a, named: named.update(factory=Connection))
