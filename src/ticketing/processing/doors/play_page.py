"""The play gateway's own page, in a demo only: pay or decline, with no money."""

from typing import Any

import sqlalchemy as sa
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.desk.db import Tx
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.orders.queries import by_id as order_by_id
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard, hear
from ticketing.payments.models import PaymentStatus
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.processing.apply_event import apply_event
from ticketing.programme.queries import by_id as performance_by_id
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import show

OUTCOMES = {"pay": Heard.PAID, "decline": Heard.DECLINED}


@get("/payments/play/{payment_id:str}")
async def ask(request: Request, payment_id: FromPath[str]) -> Response[Any]:
    payment, order, performance = await find(request, payment_id)
    if payment.status != PaymentStatus.PENDING:
        return to_order(request, order)
    return show(
        request, "processing/play.html", payment=payment, order=order, show=performance,
        now=request.now,
    )  # fmt: skip


@post("/payments/play/{payment_id:str}")
async def answer(request: Request, payment_id: FromPath[str]) -> Response[Any]:
    """``outcome``: pay or decline. Money is heard and committed before anything is decided."""
    payment, order, _ = await find(request, payment_id)
    outcome = str((await request.form()).get("outcome", ""))
    if outcome not in OUTCOMES:
        raise BadInput("outcome", "请选付款或付不成功。", "Say outcome=pay or outcome=decline.")
    if payment.status == PaymentStatus.PENDING:
        desk = request.desk
        event = (PLAY.key, f"{payment_id}:{outcome}")
        await desk.write(hear, *event, OUTCOMES[outcome], payment_id, {"outcome": outcome})
        await desk.write(apply_event, *event)
    return to_order(request, order)


async def find(request: Request, payment_id: str) -> tuple[sa.Row[Any], ...]:
    """Return payment, order and performance; NotFound outside a demo."""
    if not request.settings.demo:
        raise NotFound()
    found: tuple[sa.Row[Any], ...] = await request.desk.read(what_is_paid, payment_id)
    return found


def what_is_paid(tx: Tx, payment_id: str) -> tuple[sa.Row[Any], ...]:
    payment = payment_by_id(tx, payment_id)
    if payment.gateway != PLAY.key:
        raise NotFound()
    order = order_by_id(tx, payment.order_id)
    return payment, order, performance_by_id(tx, order.performance_id)


def to_order(request: Request, order: sa.Row[Any]) -> Response[Any]:
    return Redirect(address(request.lang, f"/orders/{order.secret}"), status_code=303)


handlers = [public_pages(ask, answer)]
