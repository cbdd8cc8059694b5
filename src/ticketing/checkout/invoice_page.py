"""Invoices: the buyer asks on the order's page, the office exports and says what was issued."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader, FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.buyer import buyer
from ticketing.checkout.invoices import (
    NothingToInvoice,
    ask_for_invoice,
    asked,
    sheet,
    wanted,
)
from ticketing.checkout.tax_number import tax_number
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.guards import public
from ticketing.foundation.pages import Front, address
from ticketing.foundation.web import AnyRequest, clean_text, language, show
from ticketing.orders.invoice import settle_invoice
from ticketing.orders.models import InvoiceStatus

ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)
EMPTY = FormMultiDict()


@get("/orders/{secret:str}/invoice", opt=public, include_in_schema=False)
async def ask(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret, EMPTY)


@post("/orders/{secret:str}/invoice", opt=public, include_in_schema=False, status_code=200)
async def answer(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    form = await request.form()
    try:
        title = clean_text(form.get("title"), "title", 100)
        if not title:
            raise BadInput("title", "请填发票抬头。", "Please give the name for the invoice.")
        typed = clean_text(form.get("tax_number"), "tax_number", 40)
        number = tax_number(typed, Front.house["phone_country"])
        email = buyer({"email": str(form.get("email", ""))}).email
        await request.app.state.desk.write(ask_for_invoice, secret, title, number, email)
    except NotFound:
        raise
    except Refused as refused:
        return await page(request, secret, form, refused)
    return Redirect(address(language(request), f"/orders/{secret}/invoice"), status_code=303)


@get("/office/invoices", guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE)
async def invoices(request: AnyRequest) -> Response[Any]:
    rows = await request.app.state.desk.read(asked)
    return show(request, "checkout/invoices.html", actor=request.state.actor, rows=rows)


@get("/office/invoices.csv", guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE)
async def invoices_csv(request: AnyRequest) -> Response[str]:
    rows = await request.app.state.desk.read(asked)
    name = {"content-disposition": 'attachment; filename="invoices.csv"'}
    return Response(sheet(rows, language(request)), media_type="text/csv", headers=name)


@post("/office/invoices/{order_id:str}", guards=ORGANISER, include_in_schema=False)
async def settle(request: AnyRequest, order_id: FromPath[str]) -> Response[Any]:
    """``do``: issued or refused."""
    wish = str((await request.form()).get("do", ""))
    if wish not in (InvoiceStatus.ISSUED, InvoiceStatus.REFUSED):
        raise BadInput("do", "请选已开或不开。", "Say do=issued or do=refused.")
    await request.app.state.desk.write(
        settle_invoice, order_id, InvoiceStatus(wish), by=request.state.actor.id
    )
    return Redirect(address(language(request), "/office/invoices"), status_code=303)


async def page(
    request: AnyRequest, secret: str, form: FormMultiDict, refused: Refused | None = None
) -> Response[Any]:
    order, at, found, kept = await request.app.state.desk.read(wanted, secret)
    before = found._mapping if found else {"email": order.buyer_email}
    typed = {
        name: str(form.get(name, before.get(name, ""))) for name in ("title", "tax_number", "email")
    }
    if not kept and refused is None:
        refused = NothingToInvoice()
    return show(
        request, "checkout/invoice.html", status=refused.status if refused and form else 200,
        order=order, at=at, known=found, kept=kept, typed=typed,
        refusal=refused.sentence(language(request)) if refused else "",
    )  # fmt: skip


handlers = [ask, answer, invoices, invoices_csv, settle]
