"""Every request is counted; a line is written of those that went wrong or took long.

What was done stands in the diary, and how often in the metrics: a line for each request would cost
more than many an answer. The address holds secrets: the route's pattern stands for it.
"""

import logging
from itertools import count
from secrets import token_hex
from time import perf_counter

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from ticketing.desk.metrics import Metrics

log = logging.getLogger("ticketing.web")
SLOW = 3.0  # seconds until the answer begins: a stream may last
OF_THE_CROWD = {404, 409, 429}  # what the public is told all day is counted, not written
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Watch:
    """Stand behind the front door, where the route that was found can be seen."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics
        self.own, self.numbers = token_hex(3), count()  # several processes, one log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        begun = perf_counter()

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                request_id = f"{self.own}-{next(self.numbers)}"
                named = (b"x-request-id", request_id.encode())
                message["headers"] = [*message["headers"], named]
                self.note(scope, request_id, message["status"], perf_counter() - begun)
            await send(message)

        self.metrics.in_flight += 1
        try:
            await self.app(scope, receive, heard)
        finally:
            self.metrics.in_flight -= 1

    def note(self, scope: HTTPScope, request_id: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = scope.get("path_template", "")
        self.metrics.answered(method, route, status, seconds)
        if seconds > SLOW or (
            status >= 400 and (status not in OF_THE_CROWD or scope["state"].get("actor"))
        ):
            facts = {"request": request_id, "method": method, "route": route, "status": status}
            write(scope, {**facts, "ms": round(seconds * 1000)})


def write(scope: HTTPScope, facts: dict[str, object]) -> None:
    state = scope["state"]
    if refused := state.get("refused"):
        facts["refused"] = refused
    if actor := state.get("actor"):
        facts |= {"actor": actor.id, "role": str(actor.role)}
    error = state.get("error")
    level = logging.ERROR if error else logging.INFO
    log.log(level, "request", exc_info=error, extra={"fields": facts})
