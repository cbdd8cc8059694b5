"""The bell between processes on PostgreSQL: it says which performances' seats changed, no more.

A hint that makes waiting short. It is rung outside every sale's transaction, and nothing is lost
where it is not heard: whoever listens reads everything again once the line is back.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa

from ticketing.desk.desk import Desk

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger("ticketing.bell")
PAUSE = 0.25  # seconds: what changes within it is said once
AGAIN = 1.0  # seconds until the line is tried again, and up to as much more
ALIVE = {"keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3"}
RING = "SELECT pg_notify('seats', performance) FROM unnest(%s::text[]) AS performance"


class Doubt(Protocol):
    def __call__(self, *, told: bool) -> None: ...


class Bell:
    """``heard`` is given what another process changed; ``doubt`` is called when the line comes and
    goes, for what was said meanwhile is not known."""

    def __init__(self, desk: Desk, heard: Callable[[Set[str]], None], doubt: Doubt) -> None:
        address = sa.make_url(desk.url).set(drivername="postgresql").update_query_dict(ALIVE)
        self._address = address.render_as_string(hide_password=False)
        self._heard, self._doubt = heard, doubt
        self._changed: set[str] = set()
        desk.watch(self._changed.update)  # from any thread: one step of the interpreter each

    async def listen(self) -> None:
        while True:
            try:
                await self._while_connected()
            except Exception as error:
                log.warning("no word from other processes: %s", error)
            self._doubt(told=False)
            await asyncio.sleep(AGAIN * (1 + random.random()))  # noqa: S311  jitter, not a secret

    async def _while_connected(self) -> None:
        import psycopg  # here: SQLite's servers do without its 10 MB

        async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as line:
            await line.execute("LISTEN seats")
            self._doubt(told=True)
            while True:
                async for said in line.notifies(timeout=PAUSE):
                    if said.pid != line.info.backend_pid:
                        self._heard({said.payload})
                await self._ring(line)

    async def _ring(self, line: "psycopg.AsyncConnection") -> None:
        changed = []
        while self._changed:
            changed.append(self._changed.pop())
        if changed:
            await line.execute(RING, [changed])
