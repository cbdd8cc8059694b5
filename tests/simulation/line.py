"""The line from the program to the till: it breaks, before what was asked or after; it dies with us."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from typing_extensions import override

from simulation.process import Crashed, Process
from simulation.till import Till
from ticketing.payments.provider import (
    BadSignature,
    Movement,
    NoAnswer,
    Page,
    Provider,
    RefundRequest,
    RefundState,
    SessionRequest,
    SessionState,
    Trouble,
    WebhookEvent,
)

R = TypeVar("R")
SIGNATURE = "the till's"


@dataclass
class Line(Provider):
    """``silent``: the share of questions that nobody answers."""

    till: Till
    process: Process
    rng: Random
    silent: float

    @override
    async def open(self, wanted: SessionRequest) -> Page:
        return self.ask(self.till.open, wanted)

    @override
    async def look(self, reference: str) -> SessionState:
        return self.ask(self.till.look, reference)

    @override
    async def close(self, reference: str) -> SessionState:
        return self.ask(self.till.close, reference)

    @override
    async def give_back(self, owed: RefundRequest) -> RefundState:
        """Look first: see ``REMEMBERS``."""
        known = self.ask(self.till.refund_of, owed.refund_id)
        return known.given if known else self.ask(self.till.refund, owed).given

    @override
    async def trouble(self, charge: str) -> Trouble:
        return self.ask(self.till.trouble, charge)

    @override
    async def movements(self, since: int) -> list[Movement]:
        return self.ask(self.till.since, since)

    @override
    def hear(self, body: bytes, signature: str) -> WebhookEvent:
        if signature != SIGNATURE:
            raise BadSignature()
        return WebhookEvent(*json.loads(body))

    @override
    async def hang_up(self) -> None:
        """Nothing is open here."""

    def ask(self, act: Callable[..., R], *args: Any) -> R:
        life, fate = self.process.life, self.rng.random() / max(self.silent, 1e-9)
        self._travel(life)
        if fate < 0.5:
            self._break()
        answer = act(*args)
        self._travel(life)
        if fate < 1:
            self._break()
        return answer

    def _travel(self, life: int) -> None:
        """Take a second or two, now and then many; who asked may be gone then."""
        self.process.turns.wait(self.rng.expovariate(1 / self.rng.choice([300, 300, 300, 5000])))
        if life != self.process.life:
            raise Crashed()

    def _break(self) -> None:
        self.till.did["no answer"] += 1
        raise NoAnswer()
