"""The staff entrance alone, with one door for each role, on a desk whose clock the test sets."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from litestar import Litestar, Request, Router, get, post
from litestar.datastructures import State
from litestar.testing import TestClient

from ticketing.accounts.doors import pages
from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff, hash_password
from ticketing.app import hang
from ticketing.config import Settings
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import SetClock
from ticketing.foundation.errors import Refused
from ticketing.web.guards import refuse_unguarded

PASSWORD = "河水慢慢流过南湖的夜晚 2026"

Hire = Callable[..., str]
Together = Callable[[int, Callable[[int], Any]], list[Any]]


@get("/")
async def look(request: Request[Any, Any, Any]) -> str:
    return str(request.state.actor.name)


@post("/", status_code=200)
async def change(request: Request[Any, Any, Any]) -> str:
    return str(request.state.actor.id)


def doors(role: Role) -> list[Router]:
    rooms = f"/rooms/{role}", f"/api/rooms/{role}"
    return [
        Router(room, guards=[works_here(role)], route_handlers=[look, change]) for room in rooms
    ]


def entrance(desk: Desk, clock: SetClock, **settings: Any) -> Litestar:
    app = hang(
        [*pages.handlers, *(door for role in Role for door in doors(role))],
        state=State({"desk": desk, "clock": clock, "settings": Settings(**settings)}),
        openapi_config=None,
    )
    refuse_unguarded(app)
    return app


@pytest.fixture
def clock() -> SetClock:
    return SetClock(1_779_519_600_000)


@pytest.fixture
def desk(url: str, clock: SetClock) -> Iterator[Desk]:
    desk = open_desk(url, clock)
    yield desk
    desk.close()


@pytest.fixture
def client(desk: Desk, clock: SetClock) -> Iterator[TestClient[Litestar]]:
    with TestClient(entrance(desk, clock)) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def hire(desk: Desk, password_hash: str) -> Hire:
    """Let somebody work here: ``hire("mei@nanhu.test", Role.USHER)`` returns the id."""

    def hire(email: str, role: Role = Role.ORGANISER) -> str:
        return desk.write_now(add_staff, email, "梅", role, password_hash, by="test")

    return hire


@pytest.fixture
def together() -> Together:
    """Call ``work(0)`` to ``work(n - 1)`` at one moment; return answers, refusals among them."""

    def together(count: int, work: Callable[[int], Any]) -> list[Any]:
        start = threading.Barrier(count)

        def one(number: int) -> Any:
            start.wait(10)
            try:
                return work(number)
            except Refused as refused:
                return refused

        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(one, range(count)))

    return together
