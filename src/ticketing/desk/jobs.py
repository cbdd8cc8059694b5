"""What the desk was asked and has not answered yet."""

import asyncio
import queue
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, NamedTuple

from ticketing.desk.db import Tx


@dataclass(slots=True, eq=False)
class Job:
    """Something to do in a transaction, and the future that a coroutine or a thread waits for.

    Jobs with an equal ``shared`` are wishes of one kind and may be done as one.
    """

    do: Callable[..., Any]
    future: "Future[Any] | asyncio.Future[Any]"
    shared: Hashable = None
    wish: Any = None

    def settle(self, answer: Any, error: BaseException | None) -> None:
        if self.future.done():
            return  # whoever asked went away
        if error is None:
            self.future.set_result(answer)
        else:
            self.future.set_exception(error)


class Outcome(NamedTuple):
    job: Job
    answer: Any = None
    error: BaseException | None = None


Waiting = queue.SimpleQueue[Job | None]  # None: the desk closes


def take(waiting: Waiting, most: int) -> tuple[list[Job], bool]:
    """Wait for a job and take what else is there; True with the last ones."""
    taken = [waiting.get()]
    try:
        while len(taken) < most and taken[-1] is not None:
            taken.append(waiting.get_nowait())
    except queue.Empty:
        pass
    jobs = [job for job in taken if job is not None and not job.future.cancelled()]
    return jobs, taken[-1] is None


def units(jobs: Iterable[Job]) -> list[list[Job]]:
    """Put wishes of one kind together, where the first of them stood."""
    found: dict[Hashable, list[Job]] = {}
    for job in jobs:
        found.setdefault(job if job.shared is None else job.shared, []).append(job)
    return list(found.values())


def run(unit: Sequence[Job], tx: Tx, now: int) -> list[Outcome]:
    """Do one job, or the wishes of one kind together; a wish may be answered by its own error."""
    first = unit[0]
    if first.shared is None:
        return [Outcome(first, first.do(tx, now))]
    answers = first.do(tx, [job.wish for job in unit], now)
    return [
        Outcome(job, None, answer) if isinstance(answer, Exception) else Outcome(job, answer)
        for job, answer in zip(unit, answers, strict=True)
    ]


def tell(outcomes: Iterable[Outcome]) -> None:
    """Answer everybody; an event loop is woken once: that costs more than most acts."""
    waiting = defaultdict[asyncio.AbstractEventLoop, list[Outcome]](list)
    for outcome in outcomes:
        if isinstance(outcome.job.future, Future):
            outcome.job.settle(outcome.answer, outcome.error)
        elif not (loop := outcome.job.future.get_loop()).is_closed():
            waiting[loop].append(outcome)
    for loop, theirs in waiting.items():
        loop.call_soon_threadsafe(settle_all, theirs)


def settle_all(outcomes: Iterable[Outcome]) -> None:
    for job, answer, error in outcomes:
        job.settle(answer, error)
