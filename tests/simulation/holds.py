"""What people do to seats that they do not have yet; what they were told is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from simulation.linear import NEVER, Op
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.inventory import change, hold, renew
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold_record import Held

R = TypeVar("R")
MINUTES = 15


class Lost(Exception):
    """No answer came. ``done``: the act had run to its end, so its commit may have been stored."""

    def __init__(self, done: bool, answer: Any) -> None:
        self.done, self.answer = done, answer


Said = tuple[str, str, list[str], int]  # kind, who, seats, until: see linear.Op


@dataclass
class Holds:
    """``kind``: the type of every ticket."""

    desk: Desk
    performance: str
    kind: str
    rng: Random
    clock: Clock = field(default_factory=SystemClock)
    history: list[Op] = field(default_factory=list)
    _added: dict[str, list[str]] = field(default_factory=dict)  # hold: what it was ever changed to

    def hold(self, seats: list[str], by: str) -> Held:
        return self._ask(held, hold.hold, self.performance, seats, by=by, minutes=MINUTES)

    def best(self, quantity: int, by: str) -> Held:
        return self._ask(
            held, hold.hold_best, self.performance, quantity, None,
            by=by, minutes=MINUTES, rng=self.rng,
        )  # fmt: skip

    def change(self, old: Held, add: list[str], drop: list[str]) -> Held:
        self._added.setdefault(old.token, []).extend(add)
        said: list[Said] = [
            ("hold", old.token, add, old.held_until), ("release", old.token, drop, 0)
        ]  # fmt: skip
        return self._ask(lambda _: said, change.change, old.token, add, drop)

    def renew(self, old: Held) -> Held:
        return self._ask(held, renew.renew, old.token, minutes=MINUTES)

    def release(self, old: Held) -> None:
        seats = sorted({*old.seats, *self._added.get(old.token, [])})
        said: Said = ("release", old.token, seats, 0)
        self._ask(lambda _: [said], change.release, old.token)

    def _ask(
        self, said: Callable[[Any], list[Said]], act: Callable[..., R], *args: Any, **named: Any
    ) -> R:
        """``said``: what an answer says of which seats."""
        began = self.clock.now()
        try:
            answer = self.desk.write_now(act, *args, **named)
        except SeatsTaken as taken:
            self._note(("hold", "", taken.fields["seats"], 0), began, self.clock.now(), ok=False)
            raise
        except Lost as lost:
            for each in said(lost.answer) if lost.done else []:
                self._note(each, began, NEVER, ok=None)
            raise
        for each in said(answer):
            self._note(each, began, self.clock.now())
        return answer

    def _note(self, said: Said, began: int, end: int, *, ok: bool | None = True) -> None:
        kind, who, seats, until = said
        self.history += [Op(seat, kind, who, began, end, ok, until) for seat in seats]


def held(answer: Held) -> list[Said]:
    return [("hold", answer.token, answer.seats, answer.held_until)]
