"""The door over HTTP: every handler of the room, on an evening's desk and clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

import ticketing.accounts.doors.pages
from apps import app_with
from evening import Evening
from ticketing.accounts.models import Role
from ticketing.accounts.tokens import create_token
from ticketing.admission.doors import (
    api,
    app_pages,
    batch_api,
    device_api,
    device_pages,
    pages,
    supervisor_api,
)
from ticketing.app import hang
from ticketing.config import Settings

JSON = dict[str, Any]
Door = TestClient[Litestar]
ROOM = (api, app_pages, batch_api, device_api, device_pages, pages, supervisor_api)


@contextmanager
def door_of(evening: Evening, *more: ModuleType) -> Iterator[Door]:
    """``more``: doors of other rooms."""
    state = {
        "desk": evening.world.desk, "clock": evening.clock, "settings": Settings(),
        "keyring": evening.world.keys,
    }  # fmt: skip
    with app_with(state, made(*ROOM, *more)) as app, TestClient(app) as door:
        door.headers["authorization"] = f"Bearer {token(evening, Role.USHER)}"
        yield door


@cache
def made(*rooms: ModuleType) -> Callable[[], Litestar]:
    handlers = [
        *ticketing.accounts.doors.pages.handlers,
        *(door for room in rooms for door in room.handlers),
    ]
    return lambda: hang(handlers)


def token(evening: Evening, role: Role) -> str:
    return evening.world.desk.write_now(create_token, str(role), role, by="test")
