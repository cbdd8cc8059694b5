"""A server that is measured, with what the steps need of its festival."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from load import Connection, connect, get, post
from servers import HOST, Server, environment, free_port, started, token

JSON = dict[str, Any]
HELD = 35  # pairs of the black box that somebody holds already: availability has something to say


@dataclass
class Site:
    """``pairs``: two free places each with their performance. ``orders``: secrets, not yet scanned.

    ``done``: how many operations of each step were answered.
    """

    name: str
    server: Server
    usher: str = ""
    hall: JSON = field(default_factory=dict)
    pairs: Iterator[tuple[str, list[str]]] = field(default_factory=lambda: iter(()))
    orders: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)


@contextmanager
def hello_server(folder: Path) -> Iterator[Server]:
    port = free_port()
    env = environment("", PYTHONPATH=str(Path(__file__).parents[1]))
    with started(["bench.hello", str(port)], folder, env, port) as process:
        yield Server(f"http://{HOST}:{port}", "", process, folder)


async def box_office(name: str, server: Server) -> Site:
    """Learn the festival's performances, and hold a part of the black box."""
    connection = await connect(server.url)
    performances = await fetch(connection, "/api/performances")
    (hall,) = (each for each in performances if each["slug"].startswith("rush-"))
    lawns = [each["id"] for each in performances if each["slug"].startswith("lawn-")]
    plan = await fetch(connection, f"/api/performances/{lawns[0]}/plan")
    seats = [seat["id"] for seat in plan["seats"]]
    pairs = ((lawn, seats[n : n + 2]) for lawn in lawns for n in range(0, len(seats), 2))
    wish = post(f"/api/performances/{hall['id']}/holds", {"best": {"quantity": 2}})
    for _ in range(HELD):
        await connection.ask(wish, 201)
    connection.close()
    site = Site(name, server, token(server.database, server.folder, "usher"), hall, pairs)
    site.done["hold of two"] = HELD
    return site


async def fetch(connection: Connection, path: str) -> Any:
    return (await connection.ask(get(path), 200)).json()
