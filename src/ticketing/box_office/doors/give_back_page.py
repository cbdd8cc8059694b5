"""Give tickets back at the office: what comes back first, the sum before all, then the act."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.accounts.queries import Actor
from ticketing.box_office.cancel import BY_THE_LADDER, IN_FULL, ask_cancel, cancel_order
from ticketing.box_office.doors.order_page import order_shown
from ticketing.foundation.errors import BadInput
from ticketing.returns.quote import Waiver
from ticketing.web.form_page import form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


@get("/office/orders/{number:str}/cancellation")
@form_page(order_shown)
async def ask(request: Request, number: FromPath[str]) -> Response[Any]:
    """``lines``: of the tickets that would go back; ``all=yes`` for the whole order."""
    actor, asked = request.actor, request.query_params
    lines = chosen(asked.getall("lines", []), asked.get("all", ""))
    quote, gateway, drawer = await request.desk.read(
        ask_cancel, number, lines, waiver_of(actor), actor.id, request.now
    )
    return show(
        request, "box_office/give_back.html", order=quote.order, at=quote.show,
        parts=quote.parts, amount=sum(part.amount for part in quote.parts), all=not lines,
        fee=sum(part.fee for part in quote.parts), gateway=gateway, drawer=drawer, free=quote.free,
        in_full=quote.waiver.waive,
    )  # fmt: skip


@post("/office/orders/{number:str}/cancellation")
@form_page(order_shown)
async def cancel(request: Request, number: FromPath[str]) -> Response[Any]:
    """As asked; ``expected``: the sum that was shown, in fen."""
    form, actor = await request.form(), request.actor
    lines = chosen(form.getall("lines", []), str(form.get("all", "")))
    if not (shown := str(form.get("expected", ""))).isdecimal() or len(shown) > 9:
        raise BadInput("expected", "请先看退多少，再确认。", "Please see what comes back first.")
    await request.desk.write(cancel_order, number, lines, waiver_of(actor), int(shown), by=actor.id)
    path = f"/office/orders/{number}"
    return done(
        request, path, "退好了，钱怎么退看下面。", "Returned: see below how the money goes back."
    )


def waiver_of(actor: Actor) -> Waiver:
    """The organiser gives back in full; a clerk as a buyer could alone, by the ladder."""
    return IN_FULL if actor.role.reaches(Role.ORGANISER) else BY_THE_LADDER


def chosen(lines: list[Any], everything: str) -> list[str]:
    """Return the ticked lines, none where the whole order is named; BadInput for neither and for both."""
    if bool(lines) == (everything == "yes"):
        raise BadInput(
            "lines", "请先勾要退的票；要退全部，请点“取消整个订单”。什么都没有退。",
            "Please tick the tickets first, or press Cancel the whole order. Nothing was returned.",
        )  # fmt: skip
    return [str(line) for line in lines]


handlers = [staff_pages(works_here(Role.BOX_OFFICE), ask, cancel)]
