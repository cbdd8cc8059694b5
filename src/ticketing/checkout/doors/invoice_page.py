"""Invoices: the buyer asks on the order's page, the office exports and says what was issued."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader, FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.buyer import buyer
from ticketing.checkout.invoices import (
    COMPANY,
    PERSON,
    NothingToInvoice,
    ask_for_invoice,
    asked,
    invoice_wish,
    sheet,
    wanted,
)
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.guards import public
from ticketing.foundation.pages import Front
from ticketing.foundation.web import AnyRequest, clean_text, done, language, show
from ticketing.orders.invoice import settle_invoice
from ticketing.orders.models import InvoiceStatus

ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)
SETTLED = {
    InvoiceStatus.ISSUED: ("记下了：发票已开。", "Noted: the invoice was issued."),
    InvoiceStatus.REFUSED: ("记下了：不开这张发票。", "Noted: no invoice is issued."),
}
MOST = {"kind": 20, "title": 100, "tax_number": 40}  # signs
EMPTY: FormMultiDict = FormMultiDict()


@get("/orders/{secret:str}/invoice", opt=public, include_in_schema=False)
async def ask(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret)


@post("/orders/{secret:str}/invoice", opt=public, include_in_schema=False, status_code=200)
async def answer(request: AnyRequest, secret: FromPath[str]) -> Response[Any]:
    form = await request.form()
    try:
        typed = (clean_text(form.get(name), name, most) for name, most in MOST.items())
        wish = invoice_wish(*typed, country=Front.house["phone_country"])
        if not (email := str(form.get("email", "")).strip()):
            raise BadInput("email", "请填收发票的邮箱。", "Please give a mail address.")
        email = buyer({"email": email}).email
        await request.app.state.desk.write(ask_for_invoice, secret, *wish, email)
    except NotFound:
        raise
    except Refused as refused:
        return await page(request, secret, form, refused)
    return done(
        request, f"/orders/{secret}/invoice",
        "收到了，发票开好会发到你填的邮箱。", "Requested: the invoice comes to the address you gave.",
    )  # fmt: skip


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
    zh, en = SETTLED[InvoiceStatus(wish)]
    return done(request, "/office/invoices", zh, en)


async def page(
    request: AnyRequest, secret: str, form: FormMultiDict = EMPTY, refused: Refused | None = None
) -> Response[Any]:
    """``form``: what was typed, shown again where it was ``refused``."""
    order, at, found, kept = await request.app.state.desk.read(wanted, secret)
    before = dict(found._mapping) if found else {"email": order.buyer_email}
    before["kind"] = COMPANY if before.get("tax_number") else PERSON
    names = ("kind", "title", "tax_number", "email")
    typed = {name: str(form.get(name, before.get(name, ""))) for name in names}
    status = refused.status if refused else 200
    if not kept:
        refused = NothingToInvoice()
    return show(
        request, "checkout/invoice.html", status=status,
        order=order, at=at, known=found, kept=kept, typed=typed,
        field=refused.fields["field"] if isinstance(refused, BadInput) else "",
        refusal=refused.sentence(language(request)) if refused else "",
    )  # fmt: skip


handlers = [ask, answer, invoices, invoices_csv, settle]
