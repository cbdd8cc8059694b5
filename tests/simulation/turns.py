"""Virtual time: actors take turns in one thread; who waits lets the next one go on."""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Any

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]


class Turns:
    """A clock for the acts (whole ms), and what ``desk/db.py`` needs of ``time``."""

    def __init__(self, now: float) -> None:
        self.at = now
        self._hub = getcurrent()
        self._due: list[tuple[float, int, Any]] = []
        self._numbers = count()

    def now(self) -> int:
        return int(self.at)

    def monotonic(self) -> float:
        return self.at / 1000

    def sleep(self, seconds: float) -> None:
        """Wait for SQLite's lock, five times as long as was meant: each look at it costs us."""
        self.wait(seconds * 5000)

    def start(self, actor: Callable[..., None], *args: Any) -> None:
        self._at(self.at, greenlet(lambda: actor(*args), self._hub))

    def wait(self, milliseconds: float) -> None:
        self._at(self.at + milliseconds, getcurrent())
        self._hub.switch()

    def run(self) -> None:
        """Go on until nobody waits; an actor's exception ends it."""
        while self._due:
            self.at, _, actor = heapq.heappop(self._due)
            actor.switch()

    def _at(self, when: float, actor: Any) -> None:
        heapq.heappush(self._due, (when, next(self._numbers), actor))
