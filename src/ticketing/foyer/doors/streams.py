"""Open pages: each is told within half a second which seats changed, until it leaves."""

import asyncio
import logging
import random
import resource

from litestar.types import Receive, Scope, Send

from ticketing.foundation.errors import Busy
from ticketing.foyer.doors.availability import SeatStates
from ticketing.foyer.doors.board import Board
from ticketing.foyer.doors.feed import Feed, Form

log = logging.getLogger("ticketing.streams")
TICK = 0.5  # seconds between two looks at the board
RETRY = (2_000, 6_000)  # ms until a page comes back: not all at once after a restart
MOST = 5_000  # pages of one process
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),  # said to nginx
]


class Page:
    """An open page: the ASGI app that answers it. It leaves at once, however it ends."""

    def __init__(
        self, streams: "Streams", performance: str, house: SeatStates, known: str, form: Form
    ) -> None:
        self._streams, self.performance, self._house = streams, performance, house
        self._known, self._form = known, form
        self.awake = asyncio.Event()
        self._over = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        feed = self._streams.enter(self, self._house)
        gone = asyncio.create_task(self._wait_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._tell(feed, send)
        finally:
            self._streams.leave(self)
            gone.cancel()

    def end(self) -> None:
        self._over = True
        self.awake.set()

    async def _wait_until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.end()

    async def _tell(self, feed: Feed, send: Send) -> None:
        news = b"retry: %d\n" % random.randint(*RETRY)  # noqa: S311  jitter, not a secret
        while not self._over:
            self.awake.clear()
            news += feed.after(self._known, self._form)
            self._known = feed.house.ids.tag
            await send({"type": "http.response.body", "body": news, "more_body": True})
            await self.awake.wait()
            news = b""
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Streams:
    """All open pages of the app, and the clock that looks at the board for them."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._feeds: dict[str, Feed] = {}
        self._pages: set[Page] = set()
        self._most = most_pages()

    @property
    def open(self) -> int:
        return len(self._pages)

    def page(self, performance: str, house: SeatStates, known: str, form: Form) -> Page:
        """Raises Busy where no more pages can be told: they may still ask."""
        if self.open >= self._most:
            raise Busy()
        return Page(self, performance, house, known, form)

    def enter(self, page: Page, house: SeatStates) -> Feed:
        self._pages.add(page)
        return self._feeds.setdefault(page.performance, Feed(house))

    def leave(self, page: Page) -> None:
        self._pages.discard(page)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            await self.tick()

    async def tick(self) -> None:
        """Look at the board for every performance that somebody watches."""
        watched = {page.performance for page in self._pages}
        self._feeds = {name: feed for name, feed in self._feeds.items() if name in watched}
        news = {name for name, feed in list(self._feeds.items()) if await self._moved(name, feed)}
        for page in self._pages:
            if page.performance in news:
                page.awake.set()

    async def _moved(self, performance: str, feed: Feed) -> bool:
        try:
            return feed.move(await self._board.get(performance))
        except Exception:
            log.exception("the seats of %s could not be read", performance)
            return False

    def end(self) -> None:
        """End every page, and take no more: the server stops."""
        self._most = 0
        for page in self._pages:
            page.end()


def most_pages() -> int:
    """Take every file handle that the machine allows us; half of them may be pages."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return MOST if hard == resource.RLIM_INFINITY else min(MOST, hard // 2)
