"""An order at the office: found by its number, shown and printed, paid at the desk, given back."""

from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.order_sheet import order_sheet
from ticketing.box_office.take_payment import take_payment
from ticketing.foundation.codes import normalise_order, shown_short
from ticketing.foundation.errors import Refused
from ticketing.foundation.pages import Front, address
from ticketing.foundation.web import AnyRequest, clean_text, language, show
from ticketing.payments.desk_ways import desk_way, desk_ways
from ticketing.venues.marks import tier_shape

BOX_OFFICE = [works_here(Role.BOX_OFFICE)]
NO_STORE = CacheControlHeader(no_store=True)


@get("/office/orders", guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE)
async def find_order(request: AnyRequest, number: FromQuery[str] = "") -> Response[Any]:
    """Lead to the order whose number was typed: any case, with or without spaces or the house's prefix."""
    plain = normalise_order(clean_text(number, "number", 40), Front.house["order_prefix"])
    path = f"/office/orders/{quote(plain, safe='')}" if plain else "/office"
    return Redirect(address(language(request), path), status_code=303)


@get(
    "/office/orders/{number:str}",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def order_page(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """The order's tickets, on screen and on paper."""
    return await order_shown(request, number)


async def order_shown(
    request: AnyRequest, number: str, refused: Refused | None = None
) -> Response[Any]:
    state = request.app.state
    found = await state.desk.read(order_sheet, number, state.keyring)
    return show(
        request, "box_office/order.html", status=refused.status if refused else 200,
        actor=request.state.actor, sheet=found, order=found.order, at=found.show,
        shape=tier_shape, shown_short=shown_short, desk_ways=desk_ways(),
        refusal=refused.sentence(language(request)) if refused else "",
    )  # fmt: skip


@post(
    "/office/orders/{number:str}/cancellation",
    guards=[works_here(Role.ORGANISER)], include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def cancel(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """``lines``: of the tickets that go back; none for the whole order."""
    lines = [str(line) for line in (await request.form()).getall("lines", [])]
    await request.app.state.desk.write(cancel_order, number, lines, by=request.state.actor.id)
    return Redirect(address(language(request), f"/office/orders/{number}"), status_code=303)


@post(
    "/office/orders/{number:str}/payment",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE, status_code=200,
)  # fmt: skip
async def take(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """``by``: a gateway of the desk. What stands in the way is said before any money is taken."""
    gateway = desk_way(str((await request.form()).get("by", "")))
    try:
        await request.app.state.desk.write(take_payment, number, gateway, by=request.state.actor.id)
    except Refused as refused:
        if refused.status == 404:
            raise
        return await order_shown(request, number, refused)
    return Redirect(address(language(request), f"/office/orders/{number}"), status_code=303)


handlers = [find_order, order_page, take, cancel]
