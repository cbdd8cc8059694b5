"""The office's doors on a desk of a test, entered with a role by its own staff entrance."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from apps import app_with
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff, hash_password
from ticketing.app import DOORS, MATTERS, hang
from ticketing.config import Settings
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.payments.provider import Providers
from ticketing.web.middleware import FrontDoor

Client = TestClient[Any]
PASSWORD = "河水慢慢流过南湖的夜晚 2026"


@contextmanager
def office(
    world: Stage, role: Role | None, clock: Clock | None = None, *, demo: bool = True,
    providers: Providers | None = None,
) -> Iterator[Client]:  # fmt: skip
    """Yield a client that is signed in; nobody is for no role. ``clock``: the desk's too."""
    desk = open_desk(world.desk.url, clock)
    state = {
        "matters": MATTERS,
        "desk": desk, "keyring": world.keys, "clock": clock or SystemClock(),
        "providers": providers or {}, "settings": Settings(demo=demo, base_url="http://testserver"),
    }  # fmt: skip
    with app_with(state, made) as app, TestClient(FrontDoor(app)) as client:
        client.follow_redirects = False
        if role:
            sign_in(desk, client, role)
        yield client
    desk.close()


def made() -> Litestar:
    return hang(DOORS, openapi_config=None)


def sign_in(desk: Desk, client: Client, role: Role) -> None:
    email = f"{role}@nanhu.test"
    desk.write_now(add_staff, email, "Mei", role, hashed(), by="test")
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 303


@cache
def hashed() -> str:
    return hash_password(PASSWORD)


def csrf(client: Client) -> dict[str, str]:
    """Return the field that every form of the office carries."""
    found = re.search(r'name="_csrf_token" value="([^"]+)"', client.get("/office").text)
    assert found
    return {"_csrf_token": found[1]}
