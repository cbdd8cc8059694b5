"""The checkout page: who pays for which seat, where the tickets go, and on to the payment."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.checkout.codes import try_code
from ticketing.checkout.doors.order_form import shown_total, typed, types
from ticketing.checkout.doors.payment_methods import chosen, payment_methods
from ticketing.checkout.doors.rows import rows_of
from ticketing.checkout.over import Over, what_became
from ticketing.checkout.place import Wish
from ticketing.checkout.place_once import OrderAnswer, place_once
from ticketing.checkout.summary import OrderSummary, summary
from ticketing.desk.idempotency import KeyReused, fingerprint
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.typed_text import clean_text
from ticketing.inventory.doors.sent import key_of
from ticketing.inventory.hold_once import hold_once
from ticketing.inventory.hold_record import HoldLapsed
from ticketing.inventory.renew import NoMoreRenewals, renew
from ticketing.orders.buyer import buyer
from ticketing.payments.gateways.free import FREE
from ticketing.programme.on_sale import reserved_until
from ticketing.seating.plan import label
from ticketing.seating.runs import say_runs
from ticketing.web.client import client_of
from ticketing.web.network import network_of
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import show

CONTACT = ("phone", "email", "contact")  # what one field takes


@get("/checkout/{token:str}")
async def checkout(request: Request, token: FromPath[str]) -> Response[Any]:
    """``token``: the hold's. Who comes back after ordering is led to the order."""
    try:
        return await page(request, token, FormMultiDict({}))
    except HoldLapsed:
        return await over(request, token, FormMultiDict({}))


@post("/checkout/{token:str}")
async def order(request: Request, token: FromPath[str]) -> Response[Any]:
    """Place the order; ``do=recount`` shows the sum again, ``do=renew`` keeps the seats longer.

    Whatever becomes of it, the answer shows what was typed.
    """
    form = await request.form()
    try:
        return await answer(request, token, form)
    except (HoldLapsed, KeyReused):
        return await over(request, token, form)


async def answer(request: Request, token: str, form: FormMultiDict) -> Response[Any]:
    """Raises HoldLapsed, also where something else was refused first."""
    try:
        if form.get("do") == "renew":
            await renew_once(request, token, form)
        elif form.get("do") == "recount":
            await check_code(request, token, form)
        else:
            return onwards(request, await place(request, token, form))
    except (NotFound, HoldLapsed, KeyReused):
        raise
    except Refused as refused:
        return await page(request, token, form, refused)
    return await page(request, token, form)


async def place(request: Request, token: str, form: FormMultiDict) -> OrderAnswer:
    to, code = str(form.get("to", "")), await check_code(request, token, form)
    wish = Wish(
        token=token,
        buyer=buyer({"email" if "@" in to or "＠" in to else "phone": to}),
        types=types(form),
        gateway=chosen(request, str(form.get("pay", FREE.key))),
        expected=shown_total(form),
        lang=request.lang,
        code=code,
    )
    desk = request.desk
    settings = request.settings
    return await desk.write(
        place_once, wish, str(form.get("key", ""))[:200] or None,
        fingerprint("POST /checkout", token, sorted((k, str(v)) for k, v in form.multi_items())),
        by=network_of(request), minutes=settings.hold_minutes, base_url=settings.base_url,
    )  # fmt: skip


async def check_code(request: Request, token: str, form: FormMultiDict) -> str:
    """Return the promotion code that was typed, "" for none; raises what speaks against it."""
    code = clean_text(form.get("code"), "code", 40)
    if code:
        await try_code(request.desk, token, code, network_of(request), request.now)
    return code


async def renew_once(request: Request, token: str, form: FormMultiDict) -> None:
    """Keep the seats longer; where that is not possible any more, the page says so."""
    key = str(form.get("renewal", ""))[:200] or None
    sent = key_of(request, client_of(request, key), key)
    with suppress(NoMoreRenewals):
        await hold_once(request.desk, sent, renew, token, minutes=request.settings.hold_minutes)


def onwards(request: Request, answer: OrderAnswer) -> Response[Any]:
    """Go to the payment, or to the tickets when there is nothing to pay."""
    payment = answer.get("payment")
    path = urlsplit(payment["url"]).path if payment else f"/orders/{answer['secret']}"
    return Redirect(address(request.lang, path), status_code=303)


async def page(
    request: Request, token: str, form: FormMultiDict, refused: Refused | None = None
) -> Response[Any]:
    lang = request.lang
    now = request.now
    code = str(form.get("code", ""))[:40]
    found: OrderSummary = await request.desk.read(summary, token, types(form), code, now)
    until = reserved_until(found.show, now)
    wrong = refused.fields["field"] if isinstance(refused, BadInput) else ""
    return show(
        request, "checkout/checkout.html", refused=refused,
        summary=found, rows=rows_of(found, dict(typed(form))), show=found.show, now=now,
        minutes=request.settings.hold_minutes,
        name=lambda seat: label(seat, found.plan.section(seat.section), lang),
        to=str(form.get("to", ""))[:200], key=new_secret(), renewal=new_secret(),
        ways=[way for way in await payment_methods(request) if until or not way.at_desk], until=until,
        pay=str(form.get("pay", "")), code=code,
        field="to" if wrong in CONTACT else wrong, either=wrong == "phone",
    )  # fmt: skip


async def over(request: Request, token: str, form: FormMultiDict) -> Response[Any]:
    """The hold is over: lead to its order, or say kindly that the time is up and keep what was typed."""
    now = request.now
    found: Over = await request.desk.read(what_became, token, now)
    if found.secret:
        return Redirect(address(request.lang, f"/orders/{found.secret}"), status_code=303)
    return show(
        request, "checkout/lapsed.html", status=HoldLapsed.status, show=found.show, token=token,
        seats=say_runs(found.seats, request.lang), again=found.again, renewal=new_secret(),
        typed=typed(form), minutes=request.settings.hold_minutes,
    )  # fmt: skip


handlers = [public_pages(checkout, order)]
