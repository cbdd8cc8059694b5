"""The seats of each performance as last read: read again only when something may have changed.

The race: a sale is stored while a read is under way that began before it. So a read bears the
number of the last change known when it began, and whoever asks later waits for no older one.
"""

import asyncio
import itertools
import time
from collections.abc import Set
from dataclasses import dataclass

from ticketing.desk.desk import Desk
from ticketing.foundation.clock import Clock
from ticketing.foyer.doors.availability import SeatStates
from ticketing.foyer.house_now import house_now

TOLD, UNTOLD = 5.0, 1.0  # seconds an answer may be kept where other processes tell us, or do not
LARGE = 2_000  # seats: reading more is no question of microseconds


@dataclass(slots=True)
class Reading:
    """``change``: the last one known when it began; ``began``: monotonic seconds."""

    change: int
    began: float
    house: asyncio.Future[SeatStates]


class Board:
    """One in each app, on its event loop; ``touched`` is called from any thread."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock
        self._numbers = itertools.count(1)
        self._changes: dict[str, int] = {}
        self._readings: dict[str, Reading] = {}
        self._oldest = UNTOLD
        desk.watch(self.touched)

    def touched(self, performances: Set[str]) -> None:
        """Seats of these changed; called before whoever changed them is answered."""
        for performance in performances:
            self._changes[performance] = next(self._numbers)

    def doubt(self, *, told: bool) -> None:
        """Read everything again, and from now on rely on being told, or not."""
        self._oldest = TOLD if told else UNTOLD
        for performance in self._readings:
            self._changes[performance] = next(self._numbers)

    async def get(self, performance: str) -> SeatStates:
        """Return what is true now, or was a moment ago; raises NotFound."""
        reading = self._readings.get(performance)
        if reading is None or not self._stands(performance, reading):
            reading = self._read(performance, reading)
        return await asyncio.shield(reading.house)  # whoever leaves does not end it for the others

    def _stands(self, performance: str, reading: Reading) -> bool:
        if self._changes.get(performance, 0) != reading.change:
            return False
        if time.monotonic() - reading.began > self._oldest:
            return False
        until = reading.house.result().now.until if reading.house.done() else None
        return until is None or until > self._clock.now()

    def _read(self, performance: str, before: Reading | None) -> Reading:
        change = self._changes.get(performance, 0)
        house = asyncio.ensure_future(self._ask(performance, known(before)))
        self._readings[performance] = Reading(change, time.monotonic(), house)
        return self._readings[performance]

    async def _ask(self, performance: str, before: SeatStates | None) -> SeatStates:
        large = before and len(before.now.plan.seats) > LARGE
        ask = self._desk.read if large else self._desk.look
        try:
            now = await ask(house_now, performance, self._clock.now())
        except BaseException:
            self._readings.pop(performance, None)  # ids that do not exist are endless
            raise
        return before if before and before.now == now else SeatStates(now)


def known(reading: Reading | None) -> SeatStates | None:
    """Return what a reading found, None while it is under way."""
    return reading.house.result() if reading and reading.house.done() else None
