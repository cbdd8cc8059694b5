"""Invoices: the buyer asks on the order's page, the office exports and says what was issued."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.front import Front
from ticketing.foundation.typed_text import clean_text
from ticketing.invoices.request import (
    COMPANY,
    PERSON,
    NothingToInvoice,
    ask_for_invoice,
    asked,
    invoice_wish,
    sheet,
    wanted,
)
from ticketing.invoices.status import settle_invoice
from ticketing.orders.buyer import buyer
from ticketing.orders.models import InvoiceStatus
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import public_pages, staff_pages
from ticketing.web.show import done, show

SETTLED = {
    InvoiceStatus.ISSUED: ("记下了：发票已开。", "Noted: the invoice was issued."),
    InvoiceStatus.REFUSED: ("记下了：不开这张发票。", "Noted: no invoice is issued."),
}
MOST = {"kind": 20, "title": 100, "tax_number": 40}  # signs


async def page(
    request: Request, secret: str, refused: Refused | None = None, form: FormMultiDict = NOTHING
) -> Response[Any]:
    """``form``: what was typed, shown again where it was ``refused``."""
    order, at, found, kept = await request.desk.read(wanted, secret)
    before = dict(found._mapping) if found else {"email": order.buyer_email}
    before["kind"] = COMPANY if before.get("tax_number") else PERSON
    names = ("kind", "title", "tax_number", "email")
    typed = {name: str(form.get(name, before.get(name, ""))) for name in names}
    usual = {} if kept else {"refusal": NothingToInvoice().sentence(request.lang)}
    values: dict[str, Any] = usual | {
        "order": order, "at": at, "known": found, "kept": kept, "typed": typed,
        "field": refused.fields["field"] if isinstance(refused, BadInput) else "",
    }  # fmt: skip
    return show(request, "invoices/invoice.html", refused=refused, **values)


@get("/orders/{secret:str}/invoice")
async def ask(request: Request, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret)


@post("/orders/{secret:str}/invoice")
@form_page(page)
async def answer(request: Request, secret: FromPath[str]) -> Response[Any]:
    form = await request.form()
    typed = (clean_text(form.get(name), name, most) for name, most in MOST.items())
    wish = invoice_wish(*typed, country=Front.house["phone_country"])
    if not (email := str(form.get("email", "")).strip()):
        raise BadInput("email", "请填收发票的邮箱。", "Please give a mail address.")
    email = buyer({"email": email}).email
    await request.desk.write(ask_for_invoice, secret, *wish, email)
    return done(
        request, f"/orders/{secret}/invoice",
        "收到了，发票开好会发到你填的邮箱。", "Requested: the invoice comes to the address you gave.",
    )  # fmt: skip


@get("/office/invoices")
async def invoices(request: Request) -> Response[Any]:
    rows = await request.desk.read(asked)
    return show(request, "invoices/invoices.html", rows=rows)


@get("/office/invoices.csv")
async def invoices_csv(request: Request) -> Response[str]:
    rows = await request.desk.read(asked)
    name = {"content-disposition": 'attachment; filename="invoices.csv"'}
    return Response(sheet(rows, request.lang), media_type="text/csv", headers=name)


@post("/office/invoices/{order_id:str}")
async def settle(request: Request, order_id: FromPath[str]) -> Response[Any]:
    """``do``: issued or refused."""
    wish = str((await request.form()).get("do", ""))
    if wish not in (InvoiceStatus.ISSUED, InvoiceStatus.REFUSED):
        raise BadInput("do", "请选已开或不开。", "Say do=issued or do=refused.")
    await request.desk.write(settle_invoice, order_id, InvoiceStatus(wish), by=request.actor.id)
    zh, en = SETTLED[InvoiceStatus(wish)]
    return done(request, "/office/invoices", zh, en)


handlers = [
    public_pages(ask, answer),
    staff_pages(works_here(Role.ORGANISER), invoices, invoices_csv, settle),
]
