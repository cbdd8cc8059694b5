"""The program on one SQLite file, until it crashes: then the file as it lay there is opened anew."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from simulation.holds import Lost
from simulation.turns import Turns
from simulation.wire import tap
from ticketing.desk.db import Tx
from ticketing.desk.engines import cause, is_busy, reading_engine, writing_engine
from ticketing.desk.queueing import Figures, Watcher
from ticketing.foundation.clock import Clock
from ticketing.foundation.errors import Busy, Refused

R = TypeVar("R")
LINES = 8  # connections for acts, and as many for questions


class Crashed(BaseException):
    """The process that ran this is gone: no handler of the program's may meet it."""


class Process:
    """A desk (see ``desk/desk.py``) with a connection for each act that is under way.

    Every statement takes ``latency`` ms on average. After about ``crash_every`` of them the process
    dies, wherever it is.
    """

    def __init__(self, path: Path, turns: Turns, rng: Random, latency: float, crash_every: int):
        self.clock: Clock | None = turns
        self.figures = Figures()
        self.turns, self.rng = turns, rng
        self.latency, self.crash_every = latency, crash_every
        self.path, self.life, self.statements, self.acts = path, 0, 0, 0
        self.failed: list[str] = []
        self._next_crash = self._draw()
        self._open()

    def watch(self, told: Watcher) -> None:
        """Nobody watches here."""

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        """What a coroutine of the process does: with the process it is gone, and hears of no loss."""
        try:
            return self.write_now(act, *args, **named)
        except Lost:
            raise Crashed() from None

    async def write_together(
        self, act: Callable[..., list[R | Exception]], key: str, wish: Any
    ) -> R:
        (answer,) = self.write_now(act, key, [wish])
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def read(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        try:
            return self.read_now(question, *args, **named)
        except Lost:
            raise Crashed() from None

    look = read

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        done, answer = False, None
        try:
            with self._connection("write") as connection, connection.begin():
                answer = act(Tx(connection), *args, now=self.turns.now(), **named)
                done = True
        except Crashed:
            raise Lost(done, answer) from None
        except Exception as error:
            if is_busy(cause(error)):
                raise Busy() from None
            if not isinstance(error, Refused):
                self.failed.append(f"{act.__name__} failed: {error!r}")
            raise
        self.acts += 1
        return answer

    def read_now(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        try:
            with self._connection("read") as connection, connection.begin():
                return question(Tx(connection), *args, **named)
        except Crashed:
            raise Lost(False, None) from None

    def close(self) -> None:
        for kind, engine in self._engines.items():
            for connection in filter(None, self._kept[kind]):
                connection.close()
            engine.dispose()

    def _open(self) -> None:
        self.url = f"sqlite:///{self.path}"
        self._engines = {"write": writing_engine(self.url), "read": reading_engine(self.url)}
        self._kept: dict[str, list[sa.Connection | None]]
        self._kept = {kind: [None] * LINES for kind in self._engines}
        for engine in self._engines.values():
            tap(engine, partial(self._before, self.life))
            # a crash here is a copy of the file, which needs no disk to be waited for
            event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))

    @contextmanager
    def _connection(self, kind: str) -> Iterator[sa.Connection]:
        life = self.life
        while not self._kept[kind]:
            self.turns.wait(1)
        if life != self.life:
            raise Crashed()
        kept, engine, whole = self._kept[kind], self._engines[kind], None
        connection = kept.pop() or engine.connect()
        try:
            yield connection
            whole = connection
        finally:
            if engine is not self._engines[kind]:  # the process died meanwhile
                connection.invalidate()
                whole = None
            if whole is None:
                connection.close()
            kept.append(whole)

    def _before(self, life: int, statement: str) -> None:
        if statement.startswith("PRAGMA"):
            return  # a connection is being opened, under a lock of SQLAlchemy's
        if life == self.life and statement != "BEGIN IMMEDIATE":  # asked for again and again
            self.turns.wait(self.rng.expovariate(1 / self.latency))
            self.statements += 1
            if life == self.life and self._is_time(statement):
                self._crash()
        if life != self.life:
            raise Crashed()

    def _is_time(self, statement: str) -> bool:
        """One crash in three waits for a commit, which is where answers are lost."""
        due = self.crash_every > 0 and self._next_crash <= self.statements
        return due and (self.life % 3 > 0 or statement == "COMMIT")

    def _crash(self) -> None:
        self._next_crash = self.statements + self._draw()
        self.life += 1
        left = self.path.with_name(f"life-{self.life}.db")
        for end in ("", "-wal"):
            if (file := Path(f"{self.path}{end}")).exists():
                shutil.copyfile(file, f"{left}{end}")
        self.close()
        self.path = left
        self._open()

    def _draw(self) -> int:
        return 1 + int(self.rng.expovariate(1 / self.crash_every))
