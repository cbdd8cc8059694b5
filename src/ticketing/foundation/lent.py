"""Database connections that are kept open and lent to one user at a time."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


class Lent:
    """So many connections, kept open and lent: the engine's pool resets one each time, which costs
    more than most questions."""

    def __init__(self, engine: sa.Engine, most: int) -> None:
        self._engine = engine
        self._waiting: queue.LifoQueue[sa.Connection | None] = queue.LifoQueue()
        for _ in range(most):
            self._waiting.put(None)  # not opened yet

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """Wait for a connection; one that met an error is closed and not lent again."""
        waiting, kept = self._waiting.get(), None
        try:
            connection = waiting or self._engine.connect()
            try:
                yield connection
                kept = connection
            finally:
                if kept is None:
                    connection.close()
        finally:
            self._waiting.put(kept)

    def close(self) -> None:
        while not self._waiting.empty():
            if connection := self._waiting.get():
                connection.close()
        self._engine.dispose()
