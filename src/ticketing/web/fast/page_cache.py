"""Answers kept for a second, so that a rush makes each of them once."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable

from ticketing.web.fast.precompressed import Packed
from ticketing.web.request import Request

SECONDS = 1.0
MOST = 200  # answers; a search has endless addresses


class PageCache:
    """One in each app, on its event loop. Who asks while an answer is made waits for the same one."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[float, asyncio.Future[Packed]]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Packed]]) -> Packed:
        made_at, answer = self._made.get(key, (0.0, None))
        if answer is None or time.monotonic() - made_at > SECONDS or failed(answer):
            if len(self._made) >= MOST:
                self._made.clear()
            answer = asyncio.ensure_future(make())
            self._made[key] = time.monotonic(), answer
        if answer.done():
            return answer.result()
        return await asyncio.shield(answer)  # whoever leaves does not end it for the others


def failed(answer: asyncio.Future[Packed]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)


def page_cache(request: Request) -> PageCache:
    found: PageCache = request.app.state.setdefault("kept", PageCache())
    return found
