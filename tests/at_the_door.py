"""The door over HTTP: every handler of the room, on an evening's desk and clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient

import ticketing.accounts.pages
from evening import Evening
from ticketing.accounts.guards import ask_to_sign_in
from ticketing.accounts.models import Role
from ticketing.accounts.tokens import create_token
from ticketing.admission import (
    api,
    app_pages,
    batch_api,
    device_api,
    device_pages,
    pages,
    supervisor_api,
)  # fmt: skip
from ticketing.config import Settings
from ticketing.foundation.errors import SignInNeeded
from ticketing.foundation.refusals import answer_error
from ticketing.foundation.web import same_site_only

JSON = dict[str, Any]
Door = TestClient[Litestar]
ROOM = (api, app_pages, batch_api, device_api, device_pages, pages, supervisor_api)


@contextmanager
def door_of(evening: Evening, *more: ModuleType) -> Iterator[Door]:
    """``more``: doors of other rooms."""
    handlers: list[Any] = [*ticketing.accounts.pages.handlers]
    for part in (*ROOM, *more):
        handlers += part.handlers
    app = Litestar(
        handlers,
        state=State(
            {
                "desk": evening.world.desk, "clock": evening.clock, "settings": Settings(),
                "keyring": evening.world.keys,
            }
        ),
        exception_handlers={Exception: answer_error, SignInNeeded: ask_to_sign_in},
        before_request=same_site_only,
    )  # fmt: skip
    with TestClient(app) as door:
        door.headers["authorization"] = f"Bearer {token(evening, Role.USHER)}"
        yield door


def token(evening: Evening, role: Role) -> str:
    return evening.world.desk.write_now(create_token, str(role), role, by="test")
