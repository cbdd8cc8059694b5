"""A server with the demo: how soon it answers, and how much memory it takes when nobody asks."""

import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.site import fetch
from load import connect
from servers import serving


class House(NamedTuple):
    start: float  # seconds to the first answer
    memory: float  # MB


async def measure_house(url: str, folder: Path, starts: int) -> House:
    """Load the demo and start the server some times."""
    with serving(url, folder):
        pass
    seen = [await start(url, folder) for _ in range(starts)]
    return House(*(median(field) for field in zip(*seen, strict=True)))


async def start(url: str, folder: Path) -> House:
    begun = time.perf_counter()
    with serving(url, folder) as server:
        taken = time.perf_counter() - begun
        connection = await connect(server.url)
        for show in await fetch(connection, "/api/performances"):
            await fetch(connection, f"/api/performances/{show['id']}/plan")
            await fetch(connection, f"/api/performances/{show['id']}/availability")
        connection.close()
        return House(taken, server.memory())
