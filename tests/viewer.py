"""A page that is told which seats go, and keeps them as it was told."""

import asyncio
import json
from typing import Any, cast

from litestar.types import Scope

from ticketing.foyer.doors.board import Board
from ticketing.foyer.doors.streams import Streams


class Viewer:
    def __init__(self) -> None:
        self.sold: set[str] = set()
        self.held: set[str] = set()
        self.names: list[str] = []  # of the events it was told
        self.last = ""  # the id of the last one
        self.entered, self.ready, self.left = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.ready.set()
        self._rest = ""

    async def watch(self, board: Board, streams: Streams, performance: str) -> None:
        """Be an open page until it leaves or is ended; it reads only while it is ready."""
        house = await board.get(performance)
        page, scope = streams.page(performance, house, self.last, "ids"), cast(Scope, {})
        await page(scope, self._receive, self._send)

    async def _receive(self) -> Any:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.entered.set()
        await self.ready.wait()
        self.hear(message.get("body", b"").decode())

    def hear(self, text: str) -> None:
        *events, self._rest = (self._rest + text).split("\n\n")
        for event in events:
            lines = [line.partition(": ") for line in event.split("\n")]
            self._take({name: value for name, _, value in lines})

    def _take(self, event: dict[str, str]) -> None:
        if "event" not in event:
            return  # a sign of life
        told = json.loads(event["data"])
        if event["event"] == "state":
            self.sold, self.held = set(), set()
        for seats in (told.get("freed", ()), told["sold"], told["held"]):
            self.sold -= set(seats)
            self.held -= set(seats)
        self.sold |= set(told["sold"])
        self.held |= set(told["held"])
        self.last = event["id"]
        self.names.append(event["event"])


async def settled() -> None:
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)
