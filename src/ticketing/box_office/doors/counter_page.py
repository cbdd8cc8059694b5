"""The counter: pick seats and sell them."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.cash import given_in
from ticketing.box_office.counter import Counter, Pick, counter
from ticketing.box_office.doors.allocations_shown import key_in
from ticketing.box_office.doors.buyer_form import FIELDS, buyer_in
from ticketing.box_office.sell import CounterSale, sell_once
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.money import sign
from ticketing.foyer.doors.seats_page import MOST_AT_ONCE, drawn, explain, namer
from ticketing.ledger.drawer import has_drawer
from ticketing.payments.desk_ways import desk_way, desk_ways
from ticketing.payments.gateways.counter import COUNTER
from ticketing.programme.on_sale import REFUSALS, Sale
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


async def page(
    request: Request, slug: str, pick: Pick, refused: Refused | None = None,
    form: FormMultiDict = NOTHING,
) -> Response[Any]:  # fmt: skip
    """``form``: what was typed, shown again."""
    lang = request.lang
    found: Counter = await request.desk.read(counter, slug, pick, request.now)
    view, is_open = found.view, found.sale is Sale.OPEN
    drawer = await request.desk.read(has_drawer, request.actor.id)
    try:
        given = given_in(form, view.currency)
    except BadInput as wrong:
        given, refused = None, refused or wrong
    return show(
        request, "box_office/counter.html", refused=refused,
        counter=found, view=view, at=view.show, key=new_secret(),
        map=drawn(view, lang), section=view.section or pick.section, name=namer(view, lang), shape=tier_shape,
        typed={field: str(form.get(field, "")) for field in (*FIELDS, "given", "by")}, drawer=drawer,
        change=None if given is None else given - found.total,
        refusal=explain(refused, view, lang) if refused else "", is_open=is_open,
        closed="" if is_open else REFUSALS[found.sale]().sentence(lang),
        desk_ways=desk_ways(), sign=sign(view.currency),
        most=min(view.show.most_per_order, MOST_AT_ONCE),
    )  # fmt: skip


@get("/office/performances/{slug:str}/counter")
async def counter_page(
    request: Request,
    slug: FromPath[str],
    best: FromQuery[str] = "",
    section: FromQuery[str] = "",
) -> Response[Any]:
    """``best``: find so many seats together, in a section where one is named."""
    try:
        return await page(request, slug, Pick(best=whole(best), section=section))
    except Refused as refused:
        if refused.status == 404:
            raise
        return await page(request, slug, Pick(), refused)


async def again(
    request: Request, slug: str, refused: Refused, form: FormMultiDict
) -> Response[Any]:
    return await page(request, slug, picked(form), refused, form)


@post("/office/performances/{slug:str}/sales")
@form_page(again)
async def sell_seats(request: Request, slug: FromPath[str]) -> Response[Any]:
    """Sell what is picked; ``do=quote`` shows only its total."""
    form = await request.form()
    pick = picked(form)
    if form.get("do") == "quote":
        return await page(request, slug, pick, form=form)
    path = f"/office/orders/{await sold(request, slug, pick, form)}"
    return done(request, path, "卖好了，票在下面。", "Sold: the tickets are below.")


async def sold(request: Request, slug: str, pick: Pick, form: FormMultiDict) -> str:
    """Return the number of the order."""
    only_types = pick._replace(seats=())
    found: Counter = await request.desk.read(counter, slug, only_types, request.now)
    known = found.view.plan.by_id
    if len(set(pick.seats)) != len(pick.seats) or not set(pick.seats) <= set(known):
        raise BadInput("seats", "请在图上重新选座。", "Please pick the seats again.")
    gateway = desk_way(str(form.get("by", next(iter(desk_ways())))))
    sale = CounterSale(
        found.view.show.id,
        {seat: found.type_of(known[seat]) for seat in pick.seats},
        buyer_in(form),
        whole(str(form.get("expected", ""))),
        request.lang,
        gateway,
        given_in(form, found.view.currency) if gateway is COUNTER else None,
    )
    number: str = await request.desk.write(sell_once, sale, key_in(form), by=request.actor.id)
    return number


def picked(form: FormMultiDict) -> Pick:
    def named(prefix: str) -> dict[str, str]:
        fields = form.multi_items()
        return {
            name.removeprefix(prefix): str(value)
            for name, value in fields
            if name.startswith(prefix)
        }

    seats = [str(seat) for seat in form.getall("seats", [])]
    return Pick(seats, named("type-"), usual=named("usual-"))


def whole(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise BadInput("number", "请填一个整数。", "Please give a whole number.")
    return int(text or 0)


handlers = [staff_pages(works_here(Role.BOX_OFFICE), counter_page, sell_seats)]
