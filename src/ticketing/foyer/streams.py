"""Open pages: each is told within half a second which seats changed, until it leaves.

A page has no queue. It knows the tag of the state it was last told; when it is ready for more it is
given the change from there, or, when it missed one, the whole state: a slow reader costs no memory.
"""

import asyncio
import logging
import random
import resource
from functools import partial
from typing import Literal

import msgspec
from litestar.types import Receive, Scope, Send

from ticketing.foundation.errors import Busy
from ticketing.foyer.availability import House
from ticketing.foyer.board import Board

log = logging.getLogger("ticketing.streams")
Form = Literal["ids", "bits"]
TICK = 0.5  # seconds between two looks at the board
BEAT = 30  # ticks without news before a sign of life, so that no proxy thinks the page dead
RETRY = (2_000, 6_000)  # ms until a page comes back: not all at once after a restart
MOST = 5_000  # pages of one process
SIGN_OF_LIFE = b":\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),  # said to nginx
]


class Feed:
    """What is told about one performance: a change or the whole, encoded once for all its pages."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.pages: set[Page] = set()
        self._before: str | None = None  # the tag from which the change leads here
        self._change = b""
        self._whole: dict[Form, bytes] = {}
        self._still = 0

    def move(self, house: House) -> None:
        """Take the house as it is now, and wake the pages where there is something to say."""
        if house.ids.tag != self.house.ids.tag:
            self._before = self.house.ids.tag
            self._change = event(house, "change", msgspec.json.encode(house.since(self.house)))
            self.house, self._still = house, 0
            self._whole.clear()
        else:
            self._still += 1
        if self._still % BEAT == 0:
            for page in self.pages:
                page.awake.set()

    def after(self, known: str, form: Form) -> bytes:
        """Return what leads from the state with that tag to this one."""
        if known == self.house.ids.tag:
            return SIGN_OF_LIFE
        return self._change if known == self._before else self.whole(form)

    def whole(self, form: Form) -> bytes:
        if form not in self._whole:
            packed = self.house.bits if form == "bits" else self.house.ids
            self._whole[form] = event(self.house, "state", packed.body)
        return self._whole[form]


def event(house: House, name: str, data: bytes) -> bytes:
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (house.ids.tag.encode(), name.encode(), data)


class Page:
    """An open page: the ASGI app that answers it. It leaves the feed at once, however it ends."""

    def __init__(
        self, streams: "Streams", performance: str, house: House, known: str, form: Form
    ) -> None:
        self._enter = partial(streams.enter, self, performance, house)
        self._known, self._form = known, form
        self.awake = asyncio.Event()
        self.over = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        feed = self._enter()
        gone = asyncio.create_task(self._wait_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._tell(feed, send)
        finally:
            feed.pages.discard(self)
            gone.cancel()

    def end(self) -> None:
        self.over = True
        self.awake.set()

    async def _wait_until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.end()

    async def _tell(self, feed: Feed, send: Send) -> None:
        news = b"retry: %d\n" % random.randint(*RETRY)  # noqa: S311  jitter, not a secret
        while not self.over:
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
        self._most = most_pages()

    @property
    def open(self) -> int:
        return sum(len(feed.pages) for feed in self._feeds.values())

    def page(self, performance: str, house: House, known: str, form: Form) -> Page:
        """Raises Busy where no more pages can be told: they may still ask."""
        if self.open >= self._most:
            raise Busy()
        return Page(self, performance, house, known, form)

    def enter(self, page: Page, performance: str, house: House) -> Feed:
        feed = self._feeds.setdefault(performance, Feed(house))
        feed.pages.add(page)
        return feed

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            await self.tick()

    async def tick(self) -> None:
        """Look at the board for every performance that somebody watches."""
        self._feeds = {name: feed for name, feed in self._feeds.items() if feed.pages}
        for performance, feed in list(self._feeds.items()):
            try:
                feed.move(await self._board.get(performance))
            except Exception:
                log.exception("the seats of %s could not be read", performance)

    def end(self) -> None:
        """End every page, and take no more: the server stops."""
        self._most = 0
        for feed in self._feeds.values():
            for page in feed.pages:
                page.end()


def most_pages() -> int:
    """Take every file handle that the machine allows us; half of them may be pages."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return MOST if hard == resource.RLIM_INFINITY else min(MOST, hard // 2)
