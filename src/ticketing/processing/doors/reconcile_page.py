"""The office's page of what a provider says otherwise than we."""

from typing import Any

from litestar import Response, get, post

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.payments.known import known
from ticketing.payments.movement import newest
from ticketing.payments.provider import NoAnswer, NotAccepted
from ticketing.processing.doors.provider_pages import ProviderSilent
from ticketing.processing.reconcile import reconcile, said_otherwise
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


@get("/office/reconciliation")
async def compare(request: Request) -> Response[Any]:
    desk = request.desk
    sides = [
        (
            known(gateway).name,
            await desk.read(newest, gateway),
            await desk.read(said_otherwise, gateway, request.now),
        )
        for gateway in request.app.state.providers
    ]
    return show(request, "processing/reconciliation.html", sides=sides)


@post("/office/reconciliation")
async def ask_again(request: Request) -> Response[Any]:
    """Ask every provider for what is new."""
    try:
        for gateway, provider in request.app.state.providers.items():
            await reconcile(request.desk, gateway, provider)
    except (NoAnswer, NotAccepted) as error:
        raise ProviderSilent() from error
    return done(request, "/office/reconciliation", "最新流水取来了。", "What is new was asked for.")


handlers = [staff_pages(works_here(Role.ORGANISER), compare, ask_again)]
