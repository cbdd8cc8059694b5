"""How jobs come to a desk, how its questions are answered, and whom it tells what changed."""

import asyncio
import logging
from collections.abc import Callable, Set
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.engines import reading_engine
from ticketing.desk.jobs import Job, Outcome, Waiting
from ticketing.desk.worker import Clerk
from ticketing.foundation.clock import Clock

R = TypeVar("R")
Watcher = Callable[[Set[str]], None]
READERS = 4  # threads
log = logging.getLogger("ticketing.desk")


@dataclass(slots=True)
class Figures:
    """What the desk did since it was opened: ``acts`` in ``commits``, ``repeats`` of a transaction."""

    acts: int = 0
    commits: int = 0
    repeats: int = 0


class Intake:
    """The half that both desks share."""

    def __init__(self, url: str, clock: Clock | None) -> None:
        self.url, self.clock = url, clock
        self.figures = Figures()
        self._watchers: list[Watcher] = []
        self._acts, self._wishes, self._questions = Waiting(), Waiting(), Waiting()
        self._asking = reading_engine(url, READERS)
        self._readers = [Clerk(self._asking, self._questions, answer) for _ in range(READERS)]

    def watch(self, told: Watcher) -> None:
        """Tell it after every commit which performances' seats changed; on a thread of the desk."""
        self._watchers.append(told)

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        asked: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._acts.put(Job(lambda tx, now: act(tx, *args, now=now, **named), asked))
        return await asked

    async def write_together(
        self, act: Callable[..., list[R | Exception]], key: str, wish: Any
    ) -> R:
        asked: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        wanted = Job(lambda tx, wishes, now: act(tx, key, wishes, now=now), asked, (act, key), wish)
        self._wishes.put(wanted)
        return await asked

    async def read(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        return await self._ask(self._questions, question, *args, **named)

    async def _ask(
        self, waiting: Waiting, question: Callable[..., R], *args: Any, **named: Any
    ) -> R:
        asked: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        waiting.put(Job(lambda tx, _: question(tx, *args, **named), asked))
        return await asked

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        asked: Future[R] = Future()
        self._acts.put(Job(lambda tx, now: act(tx, *args, now=now, **named), asked))
        return asked.result()

    def read_now(self, question: Callable[..., R], *args: Any, **named: Any) -> R:
        asked: Future[R] = Future()
        self._questions.put(Job(lambda tx, _: question(tx, *args, **named), asked))
        return asked.result()

    def _tell(self, touched: Set[str]) -> None:
        """What is stored is stored: a watcher that fails takes nobody's answer away."""
        for told in self._watchers if touched else ():
            try:
                told(touched)
            except Exception:
                log.exception("a watcher of the desk failed")


def answer(connection: sa.Connection, asked: list[list[Job]]) -> list[Outcome]:
    """Answer questions, each in a transaction of its own."""
    outcomes = []
    for (job,) in asked:
        try:
            with connection.begin():
                outcomes.append(Outcome(job, job.do(Tx(connection), 0)))
        except Exception as error:
            outcomes.append(Outcome(job, None, error))
    return outcomes
