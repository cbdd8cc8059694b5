"""The office's page of what a provider says otherwise than we."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.doors.provider_pages import ProviderSilent
from ticketing.checkout.reconcile import reconcile, said_otherwise
from ticketing.foundation.web import AnyRequest, done, show
from ticketing.payments.known import known
from ticketing.payments.movement import newest
from ticketing.payments.provider import NoAnswer, NotAccepted

ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)


@get("/office/reconciliation", guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE)
async def compare(request: AnyRequest) -> Response[Any]:
    desk = request.app.state.desk
    sides = [
        (
            known(gateway).name,
            await desk.read(newest, gateway),
            await desk.read(said_otherwise, gateway, request.app.state.clock.now()),
        )
        for gateway in request.app.state.providers
    ]
    return show(request, "checkout/reconciliation.html", actor=request.state.actor, sides=sides)


@post("/office/reconciliation", guards=ORGANISER, include_in_schema=False)
async def ask_again(request: AnyRequest) -> Response[Any]:
    """Ask every provider for what is new."""
    try:
        for gateway, provider in request.app.state.providers.items():
            await reconcile(request.app.state.desk, gateway, provider)
    except (NoAnswer, NotAccepted) as error:
        raise ProviderSilent() from error
    return done(request, "/office/reconciliation", "最新流水取来了。", "What is new was asked for.")


handlers = [compare, ask_again]
