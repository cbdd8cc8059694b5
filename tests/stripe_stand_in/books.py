"""What an account holds: every object by its name, the clock, and who is told of what happens."""

import time
from collections.abc import Callable
from copy import deepcopy
from itertools import count
from secrets import token_hex
from typing import Any

from stripe_stand_in import objects, schema
from stripe_stand_in.objects import Thing


class Refusal(Exception):
    """Stripe's error object; ``status``: HTTP's."""

    def __init__(self, message: str, code: str = "", status: int = 400, param: str = "") -> None:
        super().__init__(message)
        kind = "idempotency_error" if code == "idempotency_error" else "invalid_request_error"
        error = {"type": kind, "message": message, "code": code, "param": param}
        self.status = status
        self.body = {"error": {key: value for key, value in error.items() if value}}


class Books:
    """``told``: called with each new event."""

    def __init__(self, url: str, told: Callable[[Thing], None]) -> None:
        self.url, self.told, self.ahead = url, told, 0
        self.things: dict[str, Thing] = {}
        self.wrong_answers: list[str] = []
        self._run, self._numbers = token_hex(4), count(1)  # names that no other run gave

    def now(self) -> int:
        return int(time.time()) + self.ahead

    def find(self, ident: str) -> Thing:
        """Return a thing as it is now."""
        if ident not in self.things:
            raise Refusal(f"No such object: '{ident}'", "resource_missing", 404)
        return self.things[ident]

    def forget(self, ident: str) -> Thing:
        """As for somebody who asks with another account's key."""
        return self.things.pop(ident)

    def every(self, kind: str, **same: Any) -> list[Thing]:
        """Return the things of a kind, newest first, whose fields are the same."""
        return [
            self.find(thing["id"])
            for thing in reversed(list(self.things.values()))
            if thing["object"] == kind and same.items() <= thing.items()
        ]

    def judged(self, thing: Thing) -> Thing:
        """Return it as it is answered, and note what Stripe would never answer."""
        seen = shown(thing)
        if why := schema.wrong(seen):
            self.wrong_answers.append(f"{seen['object']}: {why}")
        return seen

    # --- the parts ---------------------------------------------------------------
    def _move(self, category: str, amount: int, source: Thing, method: str = "card") -> Thing:
        new = objects.movement(self._id("txn"), self.now(), category, amount, source, method)
        return self._keep(new)

    def _tell(self, kind: str, thing: Thing) -> None:
        self.told(
            self._keep(objects.event(self._id("evt"), self.now(), kind, deepcopy(shown(thing))))
        )

    def _id(self, prefix: str) -> str:
        return f"{prefix}_{self._run}{next(self._numbers):06}"

    def _keep(self, thing: Thing) -> Thing:
        self.things[thing["id"]] = thing
        return thing


def shown(thing: Thing) -> Thing:
    """Leave out what we note for ourselves: by which payout a movement was paid out."""
    return {key: value for key, value in thing.items() if key != "payout"}
