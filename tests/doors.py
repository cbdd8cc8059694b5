"""The buyer's doors on a desk of a test: an app without the caretaker, asked in the same process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import httpx
from litestar import Litestar
from litestar.testing import TestClient

from apps import app_with
from stage import Stage
from ticketing.app import DOORS, hang
from ticketing.config import Settings
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foyer.doors.live_api import open_board
from ticketing.payments.provider import Providers
from ticketing.web.middleware import FrontDoor

Answer = httpx.Response


@contextmanager
def doors(
    world: Stage,
    clock: Clock | None = None,
    *,
    demo: bool = True,
    providers: Providers | None = None,
) -> Iterator[TestClient[Any]]:
    state = {
        "desk": world.desk, "keyring": world.keys, "providers": providers or {},
        "clock": clock or SystemClock(),
        "settings": Settings(demo=demo, base_url="http://testserver"),
    }  # fmt: skip
    with app_with(state, made) as app, TestClient(FrontDoor(app)) as client:
        client.follow_redirects = False
        yield client


def made() -> Litestar:
    return hang(DOORS, lifespan=[open_board], openapi_config=None)


def fields(page: Answer) -> dict[str, str]:
    """Return the hidden fields and the selected options of a page's forms."""
    hidden = re.findall(
        r'<input type="hidden"(?: form="\w+")? name="([^"]+)" value="([^"]*)"', page.text
    )
    chosen = re.findall(
        r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', page.text, re.DOTALL
    )
    return {name: unescape(value) for name, value in [*hidden, *chosen]}
