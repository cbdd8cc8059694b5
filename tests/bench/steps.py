"""What is measured. A step makes its requests ready outside the measured time, then they are sent."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import islice
from typing import Any

from typing_extensions import override

from bench.site import JSON, Site, fetch
from load import Connection, Request, get, post


class Step(ABC):
    """``path``: what is asked, where it is always the same."""

    def __init__(self, site: Site, path: str = "") -> None:
        self.site, self.path = site, path

    @abstractmethod
    async def ready(self, connection: Connection, count: int) -> list[Any]: ...

    @abstractmethod
    async def act(self, connection: Connection, piece: Any) -> None: ...


class Look(Step):
    """The same question again and again, as a browser asks it."""

    @override
    async def ready(self, connection: Connection, count: int) -> list[Request]:
        return [get(self.path, accept_encoding="gzip, br")] * count

    @override
    async def act(self, connection: Connection, piece: Any) -> None:
        await connection.ask(piece, 200)


class Unchanged(Look):
    """The question of somebody who has the answer already."""

    @override
    async def ready(self, connection: Connection, count: int) -> list[Request]:
        first = await connection.ask(get(self.path), 200)
        return [get(self.path, if_none_match=first.header("etag"))] * count

    @override
    async def act(self, connection: Connection, piece: Any) -> None:
        await connection.ask(piece, 304)


class Hold(Step):
    """Two places each that nobody else wants."""

    @override
    async def ready(self, connection: Connection, count: int) -> list[tuple[Request, list[str]]]:
        pairs = list(islice(self.site.pairs, count))
        assert len(pairs) == count, "the lawns are full: plant more in crowd.py"
        path = "/api/performances/{}/holds"
        return [(post(path.format(lawn), {"seats": seats}), seats) for lawn, seats in pairs]

    @override
    async def act(self, connection: Connection, piece: Any) -> None:
        await connection.ask(piece[0], 201)


class Booking(Hold):
    """A hold and its order, answered when the tickets are stored."""

    @override
    async def act(self, connection: Connection, piece: Any) -> None:
        held = await connection.ask(piece[0], 201)
        order = await connection.ask(self.order(held.json()["token"], piece[1]), 201)
        self.site.orders.append(order.json()["secret"])

    @staticmethod
    def order(token: str, seats: list[str]) -> Request:
        key = str(uuid.uuid4())
        body: JSON = {
            "hold": token, "buyer": {"email": f"{key}@example.com"}, "gateway": "free",
            "lines": [{"seat": seat, "ticket_type": "free"} for seat in seats],
        }  # fmt: skip
        return post("/api/orders", body, idempotency_key=key)


class Scan(Step):
    """A ticket enters, once."""

    @override
    async def ready(self, connection: Connection, count: int) -> list[Request]:
        tickets: list[JSON] = []
        while len(tickets) < count:
            order = await fetch(connection, f"/api/orders/{self.site.orders.pop()}")
            for ticket in order["tickets"]:
                tickets.append(await fetch(connection, f"/api/tickets/{ticket['secret']}"))
        return [self.scan(ticket) for ticket in tickets[:count]]

    @override
    async def act(self, connection: Connection, piece: Any) -> None:
        answer = await connection.ask(piece, 200)
        assert answer.json()["verdict"] == "admitted", answer.body

    def scan(self, ticket: JSON) -> Request:
        body = {
            "code": ticket["code"], "nonce": str(uuid.uuid4()), "direction": "in",
            "performance": ticket["performance"],
        }  # fmt: skip
        return post(self.path, body, authorization=f"Bearer {self.site.usher}")


HELLO_STEPS: dict[str, Callable[[Site], Step]] = {"hello": lambda site: Look(site, "/")}
STEPS: dict[str, Callable[[Site], Step]] = {
    "availability, 304": lambda site: Unchanged(site, availability(site)),
    "availability, full": lambda site: Look(site, availability(site)),
    "performance page": lambda site: Look(site, f"/performances/{site.hall['slug']}"),
    "seat page": lambda site: Look(site, f"/performances/{site.hall['slug']}/seats"),
    "hold of two": Hold,
    "booking of two": Booking,
    "scan": lambda site: Scan(site, "/api/gates/lakeside/scans"),
}


def availability(site: Site) -> str:
    return f"/api/performances/{site.hall['id']}/availability"
