"""The app: hangs every room's doors on one Litestar and runs the caretaker beside it."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from importlib.metadata import version
from pkgutil import walk_packages
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

import ticketing
from ticketing.accounts.doors.guards import ask_to_sign_in
from ticketing.accounts.house import follow_house, open_front
from ticketing.admission.matters import entered_twice
from ticketing.caretaker import keep_house
from ticketing.config import Settings
from ticketing.desk.desk import open_desk
from ticketing.desk.matter import Question
from ticketing.desk.metrics import Metrics, counted
from ticketing.foundation.clock import Clock, SystemClock
from ticketing.foundation.errors import SignInNeeded
from ticketing.foundation.front import Front
from ticketing.foyer.doors.live_api import open_board
from ticketing.invoices.matters import invoices_asked
from ticketing.ledger.matters import drawer_matters
from ticketing.payments.known import providers
from ticketing.processing.matters import (
    disputes_open,
    events_waiting,
    manual_refunds_due,
    sides_differ,
)
from ticketing.settlement.matters import to_be_signed
from ticketing.tickets.keys import ensure_key, keyring
from ticketing.web import health, static
from ticketing.web.guards import public, refuse_unguarded
from ticketing.web.middleware import FrontDoor
from ticketing.web.refusals import answer_error
from ticketing.web.request import Request
from ticketing.web.request_log import Watch
from ticketing.web.same_site import same_site_only

MOST_BYTES = 256 * 1024  # of a request


def doors() -> Iterator[Any]:
    """Yield what every module of the rooms' doors hangs here: a new one is a file and nothing else."""
    for found in walk_packages(ticketing.__path__, "ticketing."):
        if ".doors." in found.name:
            yield from getattr(import_module(found.name), "handlers", ())


DOORS: list[Any] = [*doors(), *health.handlers, *static.handlers]


def hang(handlers: Sequence[Any], **more: Any) -> Litestar:
    """Return these doors on one Litestar: with our request and our refusals, shut to forms of other sites."""
    refusals: Any = {SignInNeeded: ask_to_sign_in, Exception: answer_error}
    first: Any = same_site_only
    options = {"exception_handlers": refusals, "logging_config": None} | more
    return Litestar(handlers, request_class=Request, before_request=first, **options)


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

    app = hang(
        DOORS,
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
        request_max_body_size=MOST_BYTES,
        openapi_config=describe(),
    )
    refuse_unguarded(app)
    return FrontDoor(Watch(app, metrics))


MATTERS: tuple[Question, ...] = (  # what Today asks the rooms for
    drawer_matters, manual_refunds_due, sides_differ, disputes_open, events_waiting, entered_twice,
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
