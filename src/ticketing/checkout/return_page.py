"""Return tickets: choose, see what comes back, confirm."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.checkout.return_quote import Part, ReturnQuote, return_quote
from ticketing.checkout.return_tickets import chosen_of
from ticketing.checkout.returns_api import return_once
from ticketing.foundation.codes import new_secret
from ticketing.foundation.db import Tx
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.guards import public
from ticketing.foundation.idempotency import KeyReused
from ticketing.foundation.pages import address
from ticketing.foundation.web import AnyRequest, language, show
from ticketing.orders.queries import by_secret

NOTHING = FormMultiDict()


@get("/orders/{secret:str}/return", opt=public, include_in_schema=False)
async def ask(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret, NOTHING)


@post("/orders/{secret:str}/return", opt=public, include_in_schema=False, status_code=200)
async def answer(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    """Show what comes back of what is chosen; with ``expected``, the sum that was shown, do it."""
    form = await request.form()
    if "expected" not in form:
        return await page(request, secret, form)
    expected = str(form["expected"])
    try:
        if not expected.isdecimal() or len(expected) > 9:
            raise BadInput("expected", "请重新确认。", "Please confirm again.")
        wish = (secret, chosen(form), int(expected))
        await request.app.state.desk.write(
            return_once, wish, str(form.get("key", ""))[:200] or None
        )
    except (NotFound, KeyReused):
        raise
    except Refused as refused:
        return await page(request, secret, form, refused)
    return Redirect(address(language(request), f"/orders/{secret}"), status_code=303)


def chosen(form: FormMultiDict) -> list[str]:
    return [str(line) for line in form.getall("lines", [])]


async def page(
    request: AnyRequest, secret: str, form: FormMultiDict, refused: Refused | None = None
) -> Response[Any]:
    lang, picked = language(request), chosen(form)
    quote: ReturnQuote = await request.app.state.desk.read(
        quoted, secret, request.app.state.clock.now()
    )
    parts: list[Part] = []
    try:
        parts = chosen_of(quote, picked) if picked and not refused else []
    except Refused as error:
        refused = error
    return show(
        request, "checkout/return.html", status=refused.status if refused else 200,
        quote=quote, order=quote.order, show=quote.show, currency=quote.order.currency,
        confirm=parts, amount=sum(part.amount for part in parts),
        fee=sum(part.fee for part in parts), key=new_secret(), nothing=bool(form) and not picked,
        refusal=refused.sentence(lang) if refused else "",
    )  # fmt: skip


def quoted(tx: Tx, secret: str, now: int) -> ReturnQuote:
    return return_quote(tx, by_secret(tx, secret), now)


handlers = [ask, answer]
