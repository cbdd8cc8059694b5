"""The office's page of free tickets: from kept seats or free ones, approved by name."""

from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.comp import CompWish, comp_once
from ticketing.box_office.doors.allocations_shown import again, key_in, seats_in, sought
from ticketing.foundation.typed_text import clean_text
from ticketing.orders.buyer import buyer
from ticketing.orders.create import Buyer
from ticketing.programme.queries import by_slug
from ticketing.web.form_page import form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done

PATH = "/office/performances/{slug:str}/comps"


@get(PATH)
async def comp_page(
    request: Request, slug: FromPath[str], best: FromQuery[str] = "",
    section: FromQuery[str] = "", of: FromQuery[str] = "",
) -> Response[Any]:  # fmt: skip
    """``best``: find so many seats together; ``of``: pick those that an allocation has."""
    return await sought(request, slug, best, section, of, comping=True)


@post(PATH)
@form_page(partial(again, comping=True))
async def issue(request: Request, slug: FromPath[str]) -> Response[Any]:
    """Lead to the order, whose tickets are printed or sent."""
    form, desk = await request.form(), request.desk
    at = await desk.read(by_slug, slug)
    wish = CompWish(
        at.id, seats_in(form), str(form.get("of", "")), guest(form),
        clean_text(form.get("reason"), "reason", 120), str(form.get("approver", "")),
        request.lang,
    )  # fmt: skip
    number = await desk.write(comp_once, wish, key_in(form), by=request.actor.id)
    path = f"/office/orders/{number}"
    return done(request, path, "赠票出好了，票在下面。", "Issued: the tickets are below.")


def guest(form: FormMultiDict) -> Buyer:
    """Return who gets the tickets; a phone number or mail address is welcome, not needed."""
    name, to = (clean_text(form.get(field), field, 80) for field in ("guest", "to"))
    if not to:
        return Buyer(name)
    return buyer({"name": name, "email" if "@" in to else "phone": to})


handlers = [staff_pages(works_here(Role.BOX_OFFICE), comp_page, issue)]
