"""What can go wrong between a program and Stripe, for its next calls; and keys that make calls one."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from litestar import Response

from stripe_stand_in.books import Refusal
from stripe_stand_in.objects import Thing

SILENCE = 1.5  # seconds: longer than the client of a test waits


class Fault(NamedTuple):
    """``call``: the name of an endpoint; ``how``: before, after, slow, or a status such as 500."""

    call: str
    how: str
    seconds: float = SILENCE


class Line:
    """Between the program and the account."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.answers: dict[str, tuple[str, Response[Any] | None]] = {}
        self.calls: list[str] = []

    async def through(
        self, call: str, key: str, wish: Thing, do: Callable[[], Thing]
    ) -> Response[Any]:
        """Do it, or what a fault makes of it. A key that was used answers what it answered."""
        self.calls.append(call)
        fault = next((each for each in self.faults if each.call == call), None)
        if fault:
            self.faults.remove(fault)
            await self._suffer(fault, ("before", "slow"))
            if fault.how.isdecimal():
                return Response({"error": {"type": "api_error"}}, status_code=int(fault.how))
        answer = self._once(key, wish, do)
        if fault:
            await self._suffer(fault, ("after",))
        return answer

    async def _suffer(self, fault: Fault, when: tuple[str, ...]) -> None:
        if fault.how in when:
            await asyncio.sleep(fault.seconds)
            if fault.how == "before":
                raise Refusal("nobody waits for this answer", status=504)

    def _once(self, key: str, wish: Thing, do: Callable[[], Thing]) -> Response[Any]:
        print_ = json.dumps(wish, sort_keys=True)
        if key in self.answers:
            before, answer = self.answers[key]
            if before != print_:
                raise Refusal("this key came with something else", "idempotency_error")
            assert answer
            return Response(
                answer.content, status_code=answer.status_code,
                headers={"idempotent-replayed": "true"},
            )  # fmt: skip
        try:
            answer = Response(do())
        except Refusal as refusal:
            answer = Response(refusal.body, status_code=refusal.status)
        if key:
            self.answers[key] = (print_, answer)
        return answer
