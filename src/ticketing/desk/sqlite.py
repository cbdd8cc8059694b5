"""The desk on SQLite: one writer, which stores everything that waits in one commit."""

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.engines import cause, is_busy, writing_engine
from ticketing.desk.jobs import Job, Outcome, run
from ticketing.desk.queueing import Intake
from ticketing.desk.worker import Clerk, driver
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.errors import Busy

R = TypeVar("R")
MOST = 128  # acts in a commit


class TransactionLost(Exception):
    """SQLite itself ended the transaction under an act; nothing of it is stored."""


class SqliteDesk(Intake):
    def __init__(self, url: str, clock: Clock | None = None) -> None:
        super().__init__(url, clock)
        self._clock = clock or SystemClock()
        self._engine = writing_engine(url)
        self._wishes = self._acts  # one writer takes both, in turn
        self._writer = Clerk(self._engine, self._acts, self._round, MOST)
        self._writer.connection()  # here, so that a file that cannot be opened is heard of
        self._eyes = self._asking.connect()  # the event loop's own
        for clerk in (self._writer, *self._readers):
            clerk.start()

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        """Answer a question of microseconds at once: a thread would cost several times as much."""
        with self._eyes.begin():
            return question(Tx(self._eyes), *args, **named)

    def close(self) -> None:
        self._acts.put(None)
        self._writer.close()
        for _ in self._readers:
            self._questions.put(None)
        for reader in self._readers:
            reader.close()
        self._eyes.close()
        self._engine.dispose()
        self._asking.dispose()

    def _round(self, connection: sa.Connection, units: list[list[Job]]) -> list[Outcome]:
        """Do all in one transaction; where that breaks, each once more in one of its own."""
        try:
            return self._together(connection, units)
        except BaseException as error:
            clean(connection)
            jobs = [job for unit in units for job in unit]
            if is_busy(cause(error)):  # another process writes and writes: more waiting is no help
                return [Outcome(job, None, Busy()) for job in jobs]
            if len(jobs) == 1:
                return [Outcome(jobs[0], None, error)]
            self.figures.repeats += 1
            return [outcome for job in jobs for outcome in self._round(connection, [[job]])]

    def _together(self, connection: sa.Connection, units: list[list[Job]]) -> list[Outcome]:
        tx = Tx(connection)
        outcomes: list[Outcome] = []
        with connection.begin():
            now = self._clock.now()
            if len(units) == 1:
                outcomes = run(units[0], tx, now)
            else:
                for unit in units:
                    outcomes += inside(tx, unit, now)
        self.figures.commits += 1
        self.figures.acts += len(outcomes)
        self._tell(tx.touched)
        return outcomes


def inside(tx: Tx, unit: list[Job], now: int) -> list[Outcome]:
    """Do a unit inside the transaction of others: a failure undoes this unit alone."""
    try:
        with tx.savepoint():
            return run(unit, tx, now)
    except Exception as error:
        if not driver(tx.connection).in_transaction:
            raise TransactionLost() from error
        if len(unit) == 1:
            return [Outcome(unit[0], None, error)]
    return [outcome for job in unit for outcome in inside(tx, [job], now)]


def clean(connection: sa.Connection) -> None:
    """Leave no transaction open, whatever broke: after a failed COMMIT SQLAlchemy thinks none is."""
    connection.rollback()
    raw: Any = driver(connection)
    if raw.in_transaction:
        raw.rollback()
