"""An order at the office: what happened to it, shown and printed, and paid at the desk."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.cash import given_in
from ticketing.box_office.doors.buyer_form import FIELDS
from ticketing.box_office.doors.find_page import LONGEST, listed
from ticketing.box_office.order_sheet import order_sheet
from ticketing.box_office.take_payment import take_payment
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import shown_short
from ticketing.foundation.errors import NotFound, Refused
from ticketing.foundation.money import sign
from ticketing.orders.queries import by_number
from ticketing.payments.desk_ways import desk_way, desk_ways
from ticketing.payments.gateways.counter import COUNTER
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


@get("/office/orders/{number:str}")
async def order_page(request: Request, number: FromPath[str]) -> Response[Any]:
    """The order's tickets, on screen and on paper; of no such order it is said at the office."""
    try:
        return await order_shown(request, number)
    except NotFound as missing:
        request.state.refused = missing.type
        return listed(request, number[:LONGEST], status=missing.status)


async def order_shown(
    request: Request, number: str, refused: Refused | None = None, form: FormMultiDict = NOTHING
) -> Response[Any]:
    """``form``: what was typed, shown again. What was done last is said above all."""
    state, lang = request.app.state, request.lang
    found = await request.desk.read(order_sheet, number, state.keyring, lang)
    coin, last = (
        found.order.currency,
        [each for each in found.story if each.at == found.story[-1].at],
    )
    return show(
        request, "box_office/order.html", refused=refused,
        sheet=found, order=found.order, at=found.show,
        shape=tier_shape, shown_short=shown_short, desk_ways=desk_ways(), last=last,
        typed={each: str(form.get(each, getattr(found.order, f"buyer_{each}"))) for each in FIELDS},
        given=str(form.get("given", "")), sign=sign(coin),
        correcting="phone" in form,
    )  # fmt: skip


@post("/office/orders/{number:str}/payment")
@form_page(order_shown)
async def take(request: Request, number: FromPath[str]) -> Response[Any]:
    """``by``: a gateway of the desk. What stands in the way is said before any money is taken."""
    form, desk = await request.form(), request.desk
    gateway = desk_way(str(form.get("by", "")))
    order = await desk.read(by_number, number)
    given = given_in(form, order.currency) if gateway is COUNTER else None
    await desk.write(take_payment, number, gateway, given, by=request.actor.id)
    path = f"/office/orders/{number}"
    return done(request, path, "收款了，票现在有效。", "Paid: the tickets are valid now.")


handlers = [staff_pages(works_here(Role.BOX_OFFICE), order_page, take)]
