"""The office's payments: which gateways are on, and what is to be paid out by hand."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.doors.payment_methods import offered
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.foundation.words import say
from ticketing.payments.gateway import Gateway
from ticketing.payments.known import every, known
from ticketing.payments.models import RefundStatus
from ticketing.payments.switch import switch, switched_off
from ticketing.processing.manual_refunds import manual_refunds
from ticketing.returns.refund import paid_out
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


@get("/office/payouts")
async def payouts(request: Request) -> Response[Any]:
    desk = request.desk
    rows, off = await desk.read(manual_refunds), await desk.read(switched_off)
    return show(
        request, "processing/manual_refunds.html",
        gateways=[(way, way.key not in off) for way in here(request)],
        name=lambda key: known(key).name,
        waiting=[row for row in rows if row.status == RefundStatus.FAILED],
        done=[row for row in rows if row.status == RefundStatus.PAID_OUT][-100:],
    )  # fmt: skip


@post("/office/payouts/{refund_id:str}")
async def pay_out(request: Request, refund_id: FromPath[str]) -> Response[Any]:
    await request.desk.write(paid_out, refund_id, by=request.actor.id)
    return done(
        request,
        "/office/payouts",
        "记下了：这笔钱已经人工退。",
        "Booked: this was paid out by hand.",
    )


@post("/office/gateways/{name:str}")
async def turn(request: Request, name: FromPath[str]) -> Response[Any]:
    """``do``: off or on."""
    if name not in every():
        raise NotFound()
    wish = (await request.form()).get("do")
    if wish not in ("on", "off"):
        raise BadInput("do", "请选开或关。", "Say do=on or do=off.")
    await request.desk.write(switch, known(name), on=wish == "on", by=request.actor.id)
    words = known(name).name
    return done(
        request, "/office/payouts",
        f"{say(words, 'zh')}：{'打开了' if wish == 'on' else '关掉了'}。",
        f"{say(words, 'en')} is switched {wish}.",
    )  # fmt: skip


def here(request: Request) -> list[Gateway]:
    """Return the ways that can be switched: what buyers choose, and what our own desk takes."""
    return [*offered(request), *(way for way in every().values() if way.at_desk and not way.offer)]


handlers = [staff_pages(works_here(Role.ORGANISER), payouts, pay_out, turn)]
