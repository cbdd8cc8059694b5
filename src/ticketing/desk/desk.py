"""The desk: it alone opens, commits, repeats and rolls back transactions.

Acts are ``act(tx, ..., now=)``, questions ``question(tx, ...)``; both are plain functions. A request
hands them over with ``await desk.write(...)``, ``await desk.read(...)`` or, for a question of
microseconds, ``await desk.look(...)``; whoever may block (commands, the seed, tests) calls
``write_now`` and ``read_now``. An act may run twice: it has no effect outside its transaction.

What many want at one instant is one act for all of them, ``act(tx, key, wishes, now=)``, which
returns an answer or a refusal for each; ``await desk.write_together(act, key, wish)``.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from ticketing.desk.queueing import Figures, Watcher
from ticketing.desk.sqlite import SqliteDesk
from ticketing.foundation.clock import Clock

R = TypeVar("R")


class Desk(Protocol):
    """What an app, a command or a test is given."""

    url: str
    clock: Clock | None
    figures: Figures

    def watch(self, told: Watcher) -> None: ...

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R: ...

    async def write_together(
        self, act: Callable[..., list[R | Exception]], key: str, wish: Any
    ) -> R: ...

    async def read(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    async def look(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def write_now(self, act: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def read_now(self, question: Callable[..., R], *args: Any, **named: Any) -> R: ...

    def close(self) -> None: ...


def open_desk(url: str, clock: Clock | None = None) -> Desk:
    """Raises what the database says where it cannot be opened."""
    if url.startswith("sqlite"):
        return SqliteDesk(url, clock)
    from ticketing.desk.postgres import PostgresDesk  # here: its driver takes 10 MB

    return PostgresDesk(url, clock)
