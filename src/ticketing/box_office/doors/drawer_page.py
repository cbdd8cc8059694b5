"""The office's drawers: open with a count, close with a count, see what was off."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.accounts.queries import Actor, names
from ticketing.desk.diary import entries
from ticketing.foundation.clock import iso
from ticketing.foundation.errors import Forbidden, Refused
from ticketing.foundation.front import Front
from ticketing.foundation.money import exact, plain, typed
from ticketing.foundation.sheet import as_csv
from ticketing.foundation.typed_text import clean_text
from ticketing.foundation.words import choose
from ticketing.ledger.drawer import (
    FarOff,
    close_drawer,
    correct_drawer,
    drawers,
    loose_cash,
    open_drawer,
)
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


async def found(request: Request) -> tuple[list[Any], dict[str, str]]:
    """Return the drawers that one may see, and the names of who works here."""
    actor, desk = request.actor, request.desk
    return await desk.read(drawers, None if sees_all(actor) else actor.id), await desk.read(names)


async def page(
    request: Request,
    drawer: str = "",
    refused: Refused | None = None,
    form: FormMultiDict = NOTHING,
) -> Response[Any]:
    """``drawer``: whose form it was, "" for a new one. A count that was far off is asked for again."""
    rows, people = await found(request)
    actor, desk = request.actor, request.desk
    closed = [row for row in rows if row.closed_at is not None]
    corrected = await desk.read(entries, [row.id for row in closed], "drawer.corrected")
    return show(
        request, "box_office/drawers.html", refused=refused,
        open=[row for row in rows if row.closed_at is None], closed=closed, corrected=corrected,
        mine=any(row.opened_by == actor.id and row.closed_at is None for row in rows),
        people=people, zone=Front.house["zone"], manages=sees_all(actor),
        loose=await desk.read(loose_cash) if sees_all(actor) else 0, of=drawer,
        sure=str(counted(form, "closing")) if isinstance(refused, FarOff) else "",
        typed={name: str(form.get(name, "")) for name in ("name", "opening", "closing", "why")},
    )  # fmt: skip


@get("/office/drawers")
async def all_drawers(request: Request) -> Response[Any]:
    """One's own; an organiser sees everybody's."""
    return await page(request)


@post("/office/drawers")
@form_page(page)
async def open_one(request: Request) -> Response[Any]:
    form = await request.form()
    name = clean_text(form.get("name"), "name", 40)
    opening = counted(form, "opening")
    await request.desk.write(
        open_drawer, name, opening, Front.house["currency"], by=request.actor.id
    )
    return done(
        request, "/office/drawers", "钱箱开好了，可以收钱。", "The drawer is open: take cash."
    )


@post("/office/drawers/{drawer:str}/closing")
@form_page(page, beyond=(Forbidden,))
async def close_one(request: Request, drawer: FromPath[str]) -> Response[Any]:
    """The count is typed before anybody is told what it should be; ``sure``: a count that was far off, and
    was typed again."""
    form, actor = await request.form(), request.actor
    closing = counted(form, "closing")
    await request.desk.write(
        close_drawer, drawer, closing, by=actor.id, anybodys=sees_all(actor),
        sure=form.get("sure") == str(closing),
    )  # fmt: skip
    return await counted_out(request, drawer, "关箱了：", "Closed: ")


@post("/office/drawers/{drawer:str}/correction")
@form_page(page)
async def correct_one(request: Request, drawer: FromPath[str]) -> Response[Any]:
    """``closing``: what there was, in place of what was counted; ``why``."""
    form = await request.form()
    closing = counted(form, "closing")
    why = clean_text(form.get("why"), "why", 200)
    await request.desk.write(correct_drawer, drawer, closing, why, by=request.actor.id)
    return await counted_out(request, drawer, "更正记下了：", "The correction is booked: ")


@get("/office/drawers.csv")
async def drawers_csv(request: Request) -> Response[str]:
    rows, people = await found(request)
    lang, zone = request.lang, Front.house["zone"]
    head = choose(
        lang,
        ["钱箱", "谁", "开箱", "关箱", "开箱清点", "收", "退", "应有", "关箱清点", "差额", "币种"],
        [
            "Drawer", "Who", "Opened", "Closed", "Opening count", "Taken", "Paid back", "Expected",
            "Closing count", "Off", "Currency",
        ],
    )  # fmt: skip
    lines = [
        [
            row.name, people.get(row.opened_by, row.opened_by), iso(row.opened_at, zone),
            iso(row.closed_at, zone) if row.closed_at else "",
            *map(plain, (row.opening, row.taken, row.paid_back, row.expected)),
            *(plain(each) if each is not None else "" for each in (row.closing, row.off)),
            Front.house["currency"],
        ]
        for row in rows
    ]  # fmt: skip
    headers = {"content-disposition": 'attachment; filename="drawers.csv"'}
    return Response(as_csv([head, *lines]), media_type="text/csv", headers=headers)


def counted(form: FormMultiDict, field: str) -> int:
    return typed(str(form.get(field, "")), field, Front.house["currency"])


def sees_all(actor: Actor) -> bool:
    return actor.role.reaches(Role.ORGANISER)


async def counted_out(request: Request, drawer: str, zh: str, en: str) -> Redirect:
    """Lead back to the page, which says what was done and what is known now."""
    rows, _ = await found(request)
    row = next(each for each in rows if each.id == drawer)
    expected, closing = (exact(sum_, row.currency) for sum_ in (row.expected, row.closing))
    return done(
        request, "/office/drawers", f"{zh}应有 {expected}，数出 {closing}。",
        f"{en}there should be {expected}, counted {closing}.",
    )  # fmt: skip


handlers = [
    staff_pages(works_here(Role.BOX_OFFICE), all_drawers, open_one, close_one, drawers_csv),
    staff_pages(works_here(Role.ORGANISER), correct_one),
]
