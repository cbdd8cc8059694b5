"""A thread of the desk with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from ticketing.desk.jobs import Job, Outcome, Waiting, take, tell, units
from ticketing.foundation.errors import Refused

Work = Callable[[sa.Connection, list[list[Job]]], list[Outcome]]


class Clerk:
    """Takes at most so many jobs at a time and does them by ``work``, which gets them in units."""

    def __init__(self, engine: sa.Engine, waiting: Waiting, work: Work, most: int = 1) -> None:
        self._engine, self._waiting, self._work, self._most = engine, waiting, work, most
        self._connection: sa.Connection | None = None
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def connection(self) -> sa.Connection:
        """Return the connection, opened when it is first needed; raises what the database says."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def close(self) -> None:
        """Wait until it has answered what stood before the end of the queue."""
        self._thread.join()
        if self._connection:
            self._connection.close()

    def _serve(self) -> None:
        over = False
        while not over:
            jobs, over = take(self._waiting, self._most)
            if jobs:
                tell(self._answers(jobs))

    def _answers(self, jobs: list[Job]) -> list[Outcome]:
        try:
            outcomes = self._work(self.connection(), units(jobs))
        except BaseException as error:  # also what is no Exception: somebody waits for an answer
            outcomes = [Outcome(job, None, error) for job in jobs]
        if any(outcome.error and not isinstance(outcome.error, Refused) for outcome in outcomes):
            self._drop()
        return outcomes

    def _drop(self) -> None:
        """Take no connection twice that met an error: nobody knows what state it is in."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def driver(connection: sa.Connection) -> Any:
    """Return the driver's own connection."""
    return connection.connection.driver_connection
