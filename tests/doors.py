"""The buyer's doors on a desk of a test: an app without the caretaker, asked in the same process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import httpx
from litestar import Litestar
from litestar.testing import TestClient

import ticketing.checkout.doors.api
import ticketing.checkout.doors.checkout_page
import ticketing.foyer.doors.api
import ticketing.foyer.doors.live_api
import ticketing.foyer.doors.pages
import ticketing.foyer.doors.poster_file
import ticketing.foyer.doors.seats_page
import ticketing.inventory.doors.api
import ticketing.inventory.doors.pages
import ticketing.tickets.doors.api
import ticketing.tickets.doors.pages
from apps import app_with
from stage import Stage
from ticketing.config import Settings
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.front_door import FrontDoor
from ticketing.foundation.refusals import answer_error
from ticketing.foundation.web import same_site_only
from ticketing.payments.provider import Providers

Answer = httpx.Response
DOORS: list[Any] = [
    *ticketing.checkout.doors.api.handlers,
    *ticketing.checkout.doors.checkout_page.handlers,
    *ticketing.foyer.doors.api.handlers,
    *ticketing.foyer.doors.live_api.handlers,
    *ticketing.foyer.doors.pages.handlers,
    ticketing.foyer.doors.poster_file.poster_file,
    *ticketing.foyer.doors.seats_page.handlers,
    *ticketing.inventory.doors.api.handlers,
    *ticketing.inventory.doors.pages.handlers,
    *ticketing.tickets.doors.api.handlers,
    *ticketing.tickets.doors.pages.handlers,
]


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
    return Litestar(
        DOORS,
        lifespan=[ticketing.foyer.doors.live_api.open_board],
        exception_handlers={Exception: answer_error},
        before_request=same_site_only,
        openapi_config=None,
    )


def fields(page: Answer) -> dict[str, str]:
    """Return the hidden fields and the selected options of a page's forms."""
    hidden = re.findall(
        r'<input type="hidden"(?: form="\w+")? name="([^"]+)" value="([^"]*)"', page.text
    )
    chosen = re.findall(
        r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', page.text, re.DOTALL
    )
    return {name: unescape(value) for name, value in [*hidden, *chosen]}
