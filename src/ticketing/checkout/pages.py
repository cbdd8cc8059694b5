"""The checkout page: who pays for which seat, where the tickets go, and on to the payment."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.checkout import (
    changes_page,
    invoice_page,
    order_page,
    payouts_page,
    play_page,
    provider_pages,
    reconcile_page,
    return_page,
)
from ticketing.checkout.api import OrderAnswer, place_once
from ticketing.checkout.bill import Bill, bill, what_became
from ticketing.checkout.buyer import buyer
from ticketing.checkout.codes import try_code
from ticketing.checkout.place import Wish
from ticketing.checkout.ways import chosen, ways
from ticketing.foundation.codes import new_secret
from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.guards import public
from ticketing.foundation.idempotency import KeyReused, fingerprint
from ticketing.foundation.pages import address
from ticketing.foundation.web import AnyRequest, clean_text, language, network_of, show
from ticketing.inventory.held import HoldLapsed
from ticketing.payments.gateways.free import FREE
from ticketing.programme.on_sale import reserved_until
from ticketing.venues.plan import label

TYPE = "type-"  # a field's name is this and a seat's id
MOST_DIGITS = 9


@get("/checkout/{token:str}", opt=public, include_in_schema=False)
async def checkout(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """``token``: the hold's. Who comes back after ordering is led to the order."""
    try:
        return await page(request, token, FormMultiDict({}))
    except HoldLapsed:
        return await over(request, token)


@post("/checkout/{token:str}", opt=public, include_in_schema=False, status_code=200)
async def order(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Place the order; ``do=recount`` shows the sum again; a refusal shows what was typed."""
    form = await request.form()
    try:
        if form.get("do") == "recount":
            await check_code(request, token, form)
            return await page(request, token, form)
        return onwards(request, await place(request, token, form))
    except (HoldLapsed, KeyReused):
        return await over(request, token)
    except NotFound:
        raise
    except Refused as refused:
        return await page(request, token, form, refused)


async def place(request: AnyRequest, token: str, form: FormMultiDict) -> OrderAnswer:
    to, code = str(form.get("to", "")), await check_code(request, token, form)
    wish = Wish(
        token=token,
        buyer=buyer({"email" if "@" in to or "＠" in to else "phone": to}),
        types=types(form),
        gateway=chosen(request, str(form.get("pay", FREE.key))),
        expected=shown_total(form),
        lang=language(request),
        code=code,
    )
    desk: Desk = request.app.state.desk
    settings = request.app.state.settings
    return await desk.write(
        place_once, wish, str(form.get("key", ""))[:200] or None,
        fingerprint("POST /checkout", token, sorted((k, str(v)) for k, v in form.multi_items())),
        by=network_of(request), minutes=settings.hold_minutes, base_url=settings.base_url,
    )  # fmt: skip


async def check_code(request: AnyRequest, token: str, form: FormMultiDict) -> str:
    """Return the promotion code that was typed, "" for none; raises what speaks against it."""
    code = clean_text(form.get("code"), "code", 40)
    if code:
        state = request.app.state
        await try_code(state.desk, token, code, network_of(request), state.clock.now())
    return code


def types(form: FormMultiDict) -> dict[str, str]:
    return {
        name.removeprefix(TYPE): str(kind)
        for name, kind in form.multi_items()
        if name.startswith(TYPE)
    }


def shown_total(form: FormMultiDict) -> int:
    """Return the sum that the buyer was shown, in fen."""
    total = str(form.get("total", ""))
    if not total.isdecimal() or len(total) > MOST_DIGITS:
        raise BadInput("total", "请重新打开这一页。", "Please open this page again.")
    return int(total)


def onwards(request: AnyRequest, answer: OrderAnswer) -> Response[Any]:
    """Go to the payment, or to the tickets when there is nothing to pay."""
    payment = answer.get("payment")
    path = urlsplit(payment["url"]).path if payment else f"/orders/{answer['secret']}"
    return Redirect(address(language(request), path), status_code=303)


async def page(
    request: AnyRequest, token: str, form: FormMultiDict, refused: Refused | None = None
) -> Response[Any]:
    state, lang = request.app.state, language(request)
    now = state.clock.now()
    code = str(form.get("code", ""))[:40]
    found: Bill = await state.desk.read(bill, token, types(form), code, now)
    until = reserved_until(found.show, now)
    return show(
        request, "checkout/checkout.html", status=refused.status if refused else 200,
        bill=found, show=found.show, now=now, minutes=state.settings.hold_minutes,
        name=lambda seat: label(seat, found.plan.section(seat.section), lang),
        to=str(form.get("to", ""))[:200], key=new_secret(), longer_key=new_secret(),
        ways=[way for way in await ways(request) if until or not way.at_desk], until=until,
        pay=str(form.get("pay", "")), code=code,
        refusal=refused.sentence(lang) if refused else "",
        field=refused.fields["field"] if isinstance(refused, BadInput) else "",
    )  # fmt: skip


async def over(request: AnyRequest, token: str) -> Response[Any]:
    """The hold is over: lead to its order, or say kindly that the time is up."""
    now = request.app.state.clock.now()
    secret, slug, again = await request.app.state.desk.read(what_became, token, now)
    if secret:
        return Redirect(address(language(request), f"/orders/{secret}"), status_code=303)
    return show(
        request, "checkout/lapsed.html", status=HoldLapsed.status, slug=slug, token=token,
        again=again, key=new_secret(), minutes=request.app.state.settings.hold_minutes,
        sentence=HoldLapsed().sentence(language(request)),
    )  # fmt: skip


handlers = [
    checkout, order, *play_page.handlers, *provider_pages.handlers, *order_page.handlers,
    *return_page.handlers, *changes_page.handlers, *payouts_page.handlers,
    *invoice_page.handlers,
    *reconcile_page.handlers,
]  # fmt: skip
