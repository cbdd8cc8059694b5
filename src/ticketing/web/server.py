"""The server: uvicorn, which says when it begins to stop.

It waits for open answers before it closes the app, and a stream never ends by itself.
"""

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from typing_extensions import override

GARBAGE = 20_000  # objects made and not yet gone, until cycles are looked for
NOT_STARTED = 3  # uvicorn's own exit code
STOPPING: list[Callable[[], None]] = []


@contextmanager
def at_stop(tell: Callable[[], None]) -> Iterator[None]:
    """Call ``tell`` when the server begins to stop."""
    STOPPING.append(tell)
    yield
    STOPPING.remove(tell)


class Server(uvicorn.Server):
    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        keep_for_good()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for tell in STOPPING:
            tell()
        await super().shutdown(sockets)


def keep_for_good() -> None:
    """Look through what the start made never again, and seldom for cycles: that was a tenth of a hold."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def run(config: uvicorn.Config) -> int:
    """Serve until a signal; return the exit code."""
    server = Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else NOT_STARTED
