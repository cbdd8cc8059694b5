"""The desk on PostgreSQL: writers with a connection each, the database's clock, bounded repeats."""

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from psycopg.pq import TransactionStatus

from ticketing.desk.db import NOW, Tx
from ticketing.desk.engines import cause, writing_engine
from ticketing.desk.jobs import Job, Outcome, Waiting, run
from ticketing.desk.queueing import Intake, answer
from ticketing.desk.worker import Clerk, driver
from ticketing.foundation.clock import Clock
from ticketing.foundation.errors import Busy

R = TypeVar("R")
WRITERS = 6  # threads; with more of them each waits longer for Python than for the server
SHARING = 2  # threads for wishes: while the server works for one, the other makes its ready
EYES = 2  # threads for short questions
MOST = 128  # wishes in a commit
TRIES = 8
AGAIN = {"40001", "40P01"}  # serialization failure, deadlock: the same act may well succeed now
BEGIN = f"BEGIN; {NOW}"  # one way there


class ErrorSwallowed(Exception):
    """An act went on after the database had refused a statement: its COMMIT would store nothing."""


class PostgresDesk(Intake):
    def __init__(self, url: str, clock: Clock | None = None) -> None:
        super().__init__(url, clock)
        # transactions are begun here: the driver's own BEGIN is one more way there
        engine = writing_engine(url, WRITERS + SHARING)
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        writers = [Clerk(self._engine, self._acts, self._round) for _ in range(WRITERS)]
        sharing = [Clerk(self._engine, self._wishes, self._round, MOST) for _ in range(SHARING)]
        self._writers = [*writers, *sharing]
        self._writers[0].connection()  # a database that is not there is heard of here
        glancing = self._asking.execution_options(isolation_level="AUTOCOMMIT")
        self._looks = Waiting()
        self._eyes = [Clerk(glancing, self._looks, answer) for _ in range(EYES)]
        for clerk in (*self._writers, *self._readers, *self._eyes):
            clerk.start()

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        """Answer a question of one statement: without a transaction it is one way there and back."""
        return await self._ask(self._looks, question, *args, **named)

    def close(self) -> None:
        for _ in range(WRITERS):
            self._acts.put(None)
        for _ in range(SHARING):
            self._wishes.put(None)
        for _ in self._readers:
            self._questions.put(None)
        for _ in self._eyes:
            self._looks.put(None)
        for clerk in (*self._writers, *self._readers, *self._eyes):
            clerk.close()
        self._engine.dispose()
        self._asking.dispose()

    def _round(self, connection: sa.Connection, units: list[list[Job]]) -> list[Outcome]:
        """Do each unit in a transaction; wishes that cannot be met together, one by one."""
        outcomes: list[Outcome] = []
        for unit in units:
            try:
                outcomes += self._repeated(connection, unit)
            except BaseException as error:
                if len(unit) == 1:
                    outcomes.append(Outcome(unit[0], None, error))
                    continue
                self.figures.repeats += 1
                outcomes += self._round(connection, [[job] for job in unit])
        return outcomes

    def _repeated(self, connection: sa.Connection, unit: list[Job]) -> list[Outcome]:
        for attempt in range(TRIES):
            try:
                return self._once(connection, unit)
            except Exception as error:
                if getattr(cause(error), "sqlstate", None) not in AGAIN:
                    raise
            self.figures.repeats += 1
            time.sleep(random.random() * 0.004 * 2**attempt)  # noqa: S311  jitter, not a secret
        raise Busy()

    def _once(self, connection: sa.Connection, unit: list[Job]) -> list[Outcome]:
        tx = Tx(connection)
        with connection.begin():
            now = tx.begin(BEGIN)
            outcomes = run(unit, tx, self.clock.now() if self.clock else now)
            if driver(connection).info.transaction_status != TransactionStatus.INTRANS:
                raise ErrorSwallowed()
        self.figures.commits += 1
        self.figures.acts += len(outcomes)
        self._tell(tx.touched)
        return outcomes
