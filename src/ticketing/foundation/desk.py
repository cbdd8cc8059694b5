"""The desk: it alone opens, commits, repeats and rolls back transactions.

Acts are ``act(tx, ..., now=)``, questions ``question(tx, ...)``; both are plain functions. A request
hands them over with ``await desk.write(...)``, ``await desk.read(...)`` or, for a question of
microseconds, ``await desk.look(...)``; whoever may block (commands, the seed, tests) calls
``write_now`` and ``read_now``. An act may run twice: it has no effect outside its transaction.
"""

import asyncio
import queue
import random
import threading
import time
from collections.abc import Callable, Set
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.db import Statement, Tx, is_busy, reading_engine, writing_engine
from ticketing.foundation.errors import Busy
from ticketing.foundation.lent import Lent

R = TypeVar("R")
Watcher = Callable[[Set[str]], None]
WRITERS, READERS = 8, 4  # threads on PostgreSQL; SQLite has one writer
TRIES = 8
AGAIN = {"40001", "40P01"}  # serialization failure, deadlock: the same act may well succeed now
DATABASE_NOW = Statement(
    sa.select(
        sa.cast(sa.func.floor(sa.extract("epoch", sa.func.clock_timestamp()) * 1000), sa.BigInteger)
    )
)


class Desk(Protocol):
    """What an app, a command or a test is given."""

    url: str
    clock: Clock | None

    def watch(self, told: Watcher) -> None: ...

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R: ...

    async def read(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def read_now(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def close(self) -> None: ...


class Reader:
    """The half both desks share: questions on threads with connections of their own, and whom to
    tell what changed."""

    def __init__(self, url: str, clock: Clock | None) -> None:
        self.url, self.clock = url, clock
        self._watchers: list[Watcher] = []
        self._asking = Lent(reading_engine(url, READERS), READERS)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="question")

    def watch(self, told: Watcher) -> None:
        """Tell it after every commit which performances' seats changed; on a thread of the desk."""
        self._watchers.append(told)

    def _tell(self, touched: Set[str]) -> None:
        if touched:
            for told in self._watchers:
                told(touched)

    async def read(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, lambda: self.read_now(question, *args, **named)
        )

    def read_now(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        with self._asking.connection() as connection, connection.begin():
            return question(Tx(connection), *args, **named)

    def _close_reader(self) -> None:
        self._readers.shutdown()
        self._asking.close()


class SqliteDesk(Reader):
    """One writer thread. It takes acts in turn; each is one transaction of its own."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        super().__init__(url, clock)
        self._clock = clock or SystemClock()
        self._engine = writing_engine(url)
        # Here and not in the thread, which would die unheard and leave every act unanswered.
        self._connection = self._engine.connect()
        self._looking = Lent(reading_engine(url, 1), 1)  # the event loop's own
        self._queue: queue.SimpleQueue[tuple[Future[Any], Callable[[Tx, int], Any]] | None]
        self._queue = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        return await asyncio.wrap_future(self._submit(act, args, named))

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        return self._submit(act, args, named).result()

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        """Answer a question of microseconds at once: a thread would cost several times as much."""
        with self._looking.connection() as connection, connection.begin():
            return question(Tx(connection), *args, **named)

    def close(self) -> None:
        self._looking.close()
        self._queue.put(None)
        self._thread.join()
        self._connection.close()
        self._engine.dispose()
        self._close_reader()

    def _submit(self, act: Callable[..., R], args: Any, named: Any) -> "Future[R]":
        future: Future[R] = Future()
        self._queue.put((future, lambda tx, now: act(tx, *args, now=now, **named)))
        return future

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            future, act = job
            if not future.set_running_or_notify_cancel():
                continue  # whoever asked went away before it began
            try:
                answer = self._once(act)
            except BaseException as error:
                clean(self._connection)
                future.set_exception(Busy() if is_busy(cause(error)) else error)
            else:
                future.set_result(answer)

    def _once(self, act: Callable[[Tx, int], Any]) -> Any:
        with self._connection.begin():
            tx = Tx(self._connection)
            answer = act(tx, self._clock.now())
        self._tell(tx.touched)
        return answer


class PostgresDesk(Reader):
    """Writer threads with a connection each; the database's clock; bounded repeats."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        super().__init__(url, clock)
        self._acting = Lent(writing_engine(url, WRITERS), WRITERS)
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="desk")

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._writers, lambda: self.write_now(act, *args, **named)
        )

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        """Answer a short question; the server is another process, so it is read like any other."""
        return await self.read(question, *args, **named)

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        for attempt in range(TRIES):
            try:
                with self._acting.connection() as connection, connection.begin():
                    tx = Tx(connection)
                    answer = act(tx, *args, now=self._now(tx), **named)
                self._tell(tx.touched)
                return answer
            except Exception as error:
                if getattr(cause(error), "sqlstate", None) not in AGAIN:
                    raise
            time.sleep(random.random() * 0.004 * 2**attempt)  # noqa: S311  jitter, not a secret
        raise Busy()

    def close(self) -> None:
        self._writers.shutdown()
        self._acting.close()
        self._close_reader()

    def _now(self, tx: Tx) -> int:
        if self.clock:
            return self.clock.now()
        row = tx.first(DATABASE_NOW)
        assert row
        return int(row[0])


def open_desk(url: str, clock: Clock | None = None) -> Desk:
    return SqliteDesk(url, clock) if url.startswith("sqlite") else PostgresDesk(url, clock)


def cause(error: BaseException) -> BaseException:
    """Return the driver's own error behind SQLAlchemy's."""
    return getattr(error, "orig", None) or error


def clean(connection: sa.Connection) -> None:
    """Leave no transaction open, whatever broke: after a failed COMMIT SQLAlchemy thinks none is."""
    connection.rollback()
    raw: Any = connection.connection.driver_connection
    if raw.in_transaction:
        raw.rollback()
