"""A provider's doors: out to its page, back from it, and its events."""

import logging
from contextlib import suppress
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, PathParameter
from litestar.response import Redirect

from ticketing.checkout.fulfil import OrderClosed
from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound, Refused
from ticketing.foundation.front import Front
from ticketing.orders.queries import by_id
from ticketing.payments.known import known
from ticketing.payments.provider import BadSignature, NoAnswer, NotAccepted, Provider
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.processing.conversation import hear_of, look, open_page
from ticketing.web.pages import address
from ticketing.web.problems import problems
from ticketing.web.request import Request, header
from ticketing.web.routers import public_api, public_pages
from ticketing.web.show import show

WECHAT = "MicroMessenger"
log = logging.getLogger("ticketing.providers")


class ProviderSilent(Refused):
    status = 503
    type = "provider-silent"
    zh = "支付平台暂时没有回应，座位还为你留着，请稍后再试。没有扣款。"
    en = "The payment provider does not answer; your seats are kept: please try again. Nothing was charged."


class NotHandled(Refused):
    status = 503
    type = "not-handled"
    zh = "已收到，还没有处理完，请再发一次。"
    en = "It was heard and not acted upon: please send it again."


class NotTheirs(Refused):
    status = 400
    type = "bad-signature"
    zh = "签名不对，或已过期。"
    en = "The signature is wrong or too old."


@get("/payments/{gateway:str}/{payment_id:str}")
async def out(
    request: Request,
    gateway: FromPath[str],
    payment_id: FromPath[str],
    here: FromQuery[bool] = False,
) -> Response[Any]:
    """Go to the provider's page; opened again it is the same page. By a page of ours that leads there at
    once: a browser follows no redirect from our form to another site (form-action).

    WeChat's browser blocks Alipay, and cannot scan a code on its own screen: there it is first said how
    to open this address elsewhere. ``here``: go on all the same.
    """
    secret, lang = await request.desk.read(order_of, gateway, payment_id)
    yuan = Front.house["currency"] == "CNY"  # for other money nobody offers Alipay
    if yuan and WECHAT in header(request, b"user-agent") and not here:
        return show(request, "processing/elsewhere.html", secret=secret)
    # in the order's language, not the reader's: asked again it has to be the same wish
    way_back = address(lang, f"/payments/{gateway}/{payment_id}/return")
    back = request.settings.base_url + way_back
    try:
        url = await open_page(request.desk, provider_at(request, gateway), payment_id, back)
    except OrderClosed:
        return to_order(request, secret)
    except (NoAnswer, NotAccepted) as error:
        raise ProviderSilent() from error
    return show(request, "processing/onwards.html", to=url)


@get("/payments/{gateway:str}/{payment_id:str}/return")
async def back(
    request: Request, gateway: FromPath[str], payment_id: FromPath[str]
) -> Response[Any]:
    """Back from the provider's page, paid or not: ask, before its event comes, or if it never does."""
    state = request.app.state
    secret, _ = await request.desk.read(order_of, gateway, payment_id)
    with suppress(NoAnswer, NotAccepted):  # the caretaker asks again
        await look(request.desk, state.providers, payment_id)
    return to_order(request, secret)


@post("/payments/{gateway:str}/events", status_code=200, responses=problems(400, 404, 503))
async def events(
    request: Request,
    gateway: Annotated[str, PathParameter(description="Whose event it is: stripe.")],
) -> dict[str, str]:
    """Hear what a provider tells: stored first, once, and then acted upon.

    Whatever of ours fails is answered 503, so that it is told again.
    """
    provider_at(request, gateway)
    state, signature = request.app.state, request.headers.get(known(gateway).signature, "")
    body = await request.body()
    try:
        await hear_of(request.desk, state.providers, gateway, body, signature)
    except BadSignature as error:
        raise NotTheirs() from error
    except Exception as error:  # whatever of ours or of theirs: the event is stored
        log.exception("an event of %s was not acted upon", gateway)
        raise NotHandled() from error
    return {"status": "heard"}


def provider_at(request: Request, gateway: str) -> Provider:
    """Raises NotFound for one that is not set up."""
    provider: Provider | None = request.app.state.providers.get(gateway)
    if provider is None:
        raise NotFound()
    return provider


def order_of(tx: Tx, gateway: str, payment_id: str) -> tuple[str, str]:
    """Return the secret of a payment's order, and its language."""
    payment = payment_by_id(tx, payment_id)
    if payment.gateway != gateway or not known(gateway).elsewhere:
        raise NotFound()
    order = by_id(tx, payment.order_id)
    return order.secret, order.lang


def to_order(request: Request, secret: str) -> Response[Any]:
    return Redirect(address(request.lang, f"/orders/{secret}"), status_code=303)


handlers = [public_pages(out, back), public_api(events)]
