"""The app: hangs every room's doors on one Litestar and runs the caretaker beside it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

import ticketing.accounts.doors.pages
import ticketing.admission.doors.api
import ticketing.admission.doors.app_pages
import ticketing.admission.doors.batch_api
import ticketing.admission.doors.device_api
import ticketing.admission.doors.device_pages
import ticketing.admission.doors.pages
import ticketing.admission.doors.supervisor_api
import ticketing.box_office.doors.counter_page
import ticketing.checkout.doors.api
import ticketing.checkout.doors.checkout_page
import ticketing.foyer.doors.api
import ticketing.foyer.doors.live_api
import ticketing.foyer.doors.pages
import ticketing.foyer.doors.poster_file
import ticketing.foyer.doors.seats_page
import ticketing.inventory.doors.api
import ticketing.inventory.doors.pages
import ticketing.pricing.doors.pages
import ticketing.reports.doors.api
import ticketing.reports.doors.house_page
import ticketing.reports.doors.metrics
import ticketing.reports.doors.pages
import ticketing.settlement.doors.pages
import ticketing.tickets.doors.api
import ticketing.tickets.doors.pages
from ticketing.accounts.doors.guards import ask_to_sign_in
from ticketing.accounts.house import follow_house, open_front
from ticketing.admission.matters import entered_twice
from ticketing.caretaker import keep_house
from ticketing.checkout.matters import (
    disputes_open,
    events_waiting,
    invoices_asked,
    payouts_due,
    sides_differ,
)
from ticketing.config import Settings
from ticketing.foundation import health, static
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.desk import open_desk
from ticketing.foundation.errors import SignInNeeded
from ticketing.foundation.front_door import FrontDoor
from ticketing.foundation.guards import public, refuse_unguarded
from ticketing.foundation.matter import Question
from ticketing.foundation.metrics import Metrics, counted
from ticketing.foundation.pages import Front
from ticketing.foundation.refusals import answer_error
from ticketing.foundation.watch import Watch
from ticketing.foundation.web import same_site_only
from ticketing.foyer.doors.live_api import open_board
from ticketing.ledger.matters import drawer_matters
from ticketing.payments.known import providers
from ticketing.settlement.matters import to_be_signed
from ticketing.tickets.keys import ensure_key, keyring

MOST_BYTES = 256 * 1024  # of a request
DOORS: list[Any] = [
    *ticketing.accounts.doors.pages.handlers,
    *ticketing.admission.doors.api.handlers,
    *ticketing.admission.doors.app_pages.handlers,
    *ticketing.admission.doors.batch_api.handlers,
    *ticketing.admission.doors.device_api.handlers,
    *ticketing.admission.doors.device_pages.handlers,
    *ticketing.admission.doors.pages.handlers,
    *ticketing.admission.doors.supervisor_api.handlers,
    *ticketing.box_office.doors.counter_page.handlers,
    *ticketing.checkout.doors.api.handlers,
    *ticketing.checkout.doors.checkout_page.handlers,
    *ticketing.foyer.doors.api.handlers,
    *ticketing.foyer.doors.live_api.handlers,
    *ticketing.foyer.doors.pages.handlers,
    ticketing.foyer.doors.poster_file.poster_file,
    *ticketing.foyer.doors.seats_page.handlers,
    *ticketing.inventory.doors.api.handlers,
    *ticketing.inventory.doors.pages.handlers,
    *ticketing.pricing.doors.pages.handlers,
    *ticketing.reports.doors.api.handlers,
    *ticketing.reports.doors.house_page.handlers,
    *ticketing.reports.doors.metrics.handlers,
    *ticketing.reports.doors.pages.handlers,
    *ticketing.settlement.doors.pages.handlers,
    *ticketing.tickets.doors.api.handlers,
    *ticketing.tickets.doors.pages.handlers,
    *health.handlers,
    *static.handlers,
]


def create_app(
    settings: Settings,
    clock: Clock | None = None,
    demo_sign_ins: Sequence[tuple[str, str, str]] = (),
) -> ASGIApp:
    """Return the ASGI app; its lifespan opens the desk and closes it after the last answer."""
    metrics = Metrics()

    @asynccontextmanager
    async def open_house(app: Litestar) -> AsyncIterator[None]:
        desk = counted(open_desk(settings.database_url, clock), metrics)
        await desk.write(ensure_key, settings.secret_key)
        app.state.desk = desk
        text = "Pages that follow a sale as it happens."
        metrics.show("open_streams", text, lambda: app.state.streams.open)
        app.state.keyring = await desk.read(keyring, settings.secret_key)
        Front.base_url, Front.play = settings.base_url, settings.demo
        await desk.read(open_front)
        app.state.providers = providers(settings)
        rounds = asyncio.create_task(
            keep_house(desk, settings, app.state.keyring, app.state.providers, metrics)
        )
        app.state.caretaker = rounds
        following = asyncio.create_task(follow_house(desk))
        yield
        for task in (rounds, following):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for provider in app.state.providers.values():
            await provider.hang_up()
        desk.close()

    app = Litestar(
        route_handlers=DOORS,
        lifespan=[open_house, open_board],
        state=State(
            {
                "settings": settings,
                "matters": MATTERS,
                "metrics": metrics,
                "clock": clock or SystemClock(),
                "demo_sign_ins": demo_sign_ins,
            }
        ),
        exception_handlers={SignInNeeded: ask_to_sign_in, Exception: answer_error},
        before_request=same_site_only,
        request_max_body_size=MOST_BYTES,
        openapi_config=describe(),
        logging_config=None,
    )
    refuse_unguarded(app)
    return FrontDoor(Watch(app, metrics))


MATTERS: tuple[Question, ...] = (  # what Today asks the rooms for
    drawer_matters, payouts_due, sides_differ, disputes_open, events_waiting, entered_twice,
    to_be_signed, invoices_asked,
)  # fmt: skip


def describe() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Ticketing",
        version=version("ticketing"),
        description="The box office of a theatre festival. Money is in hundredths; times carry an offset.",
        path="/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
        openapi_router=Router("/schema", route_handlers=[], opt=public, include_in_schema=False),
    )
