"""The office: the morning glance, one performance, its CSV, pausing its sale."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter, Question
from ticketing.drawings.marks import tier_shape
from ticketing.letters.outbox_view import counts
from ticketing.programme.pause import pause, resume
from ticketing.programme.queries import by_slug
from ticketing.reports.attention import headline, matters
from ticketing.reports.charts import bars, line
from ticketing.reports.export import CHANNELS, sales_sheet
from ticketing.reports.figures import Sales, differences
from ticketing.reports.glance import glances, total
from ticketing.reports.map import drawn
from ticketing.reports.night import night
from ticketing.reports.sales import sales
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show


def sees_money(request: Request) -> bool:
    role: Role = request.actor.role
    return role.reaches(Role.ORGANISER)


@get("/office")
async def morning(request: Request) -> Response[Any]:
    """Every performance at once, those to come first."""
    desk, now, lang = request.desk, request.now, request.lang
    found = await desk.read(glances, now)
    money = sees_money(request)
    questions = request.app.state.get("matters", ()) if money else ()
    told = [matter for ask in questions for matter in await desk.read(asked, ask, now)]
    things = matters(found, await desk.read(counts), told)
    coming = [each for each in found if not each.over]
    over = [each for each in found if each.over]
    return show(
        request, "reports/morning.html", now=now,
        headline=headline(found, len(things), lang), matters=things, money=money,
        parts=[(some, total(some)) for some in (coming, over[::-1])],
    )  # fmt: skip


def asked(tx: Tx, ask: Question, now: int) -> list[Matter]:
    return list(ask(tx, now))


@get("/office/performances/{slug:str}")
async def one_performance(
    request: Request, slug: FromPath[str], section: FromQuery[str] = ""
) -> Response[Any]:
    """``section``: which one of a large hall is drawn."""
    now, lang = request.now, request.lang
    found = await request.desk.read(night, slug, now, section)
    at = found.show
    return show(
        request, "reports/performance.html", now=now, night=found,
        sales=found.sales, at=at, money=sees_money(request), channels=CHANNELS, shape=tier_shape,
        line=line(found.steps, at.starts_at, found.sales.capacity, at.zone),
        bars=bars(found.evening, at.doors_at, at.starts_at),
        map=drawn(found, lang), wrong=differences(found.sales),
    )  # fmt: skip


@get("/office/performances/{slug:str}/sales.csv")
async def sales_csv(request: Request, slug: FromPath[str]) -> Response[str]:
    """The page's numbers for a spreadsheet."""
    now = request.now
    found = await request.desk.read(sales_of, slug, now)
    name = {"content-disposition": f'attachment; filename="sales-{slug}.csv"'}
    return Response(sales_sheet(found, request.lang), media_type="text/csv", headers=name)


def sales_of(tx: Tx, slug: str, now: int) -> Sales:
    return sales(tx, by_slug(tx, slug).id, now)


@post("/office/performances/{slug:str}/pause")
async def pause_sales(request: Request, slug: FromPath[str]) -> Response[Any]:
    await move_sale(request, slug, pause)
    zh, en = "暂停售票了。", "Sales are paused."
    return done(request, f"/office/performances/{slug}", zh, en)


@post("/office/performances/{slug:str}/resumption")
async def resume_sales(request: Request, slug: FromPath[str]) -> Response[Any]:
    await move_sale(request, slug, resume)
    zh, en = "恢复售票了。", "Sales go on."
    return done(request, f"/office/performances/{slug}", zh, en)


async def move_sale(request: Request, slug: str, act: Any) -> None:
    found = await request.desk.read(by_slug, slug)
    await request.desk.write(act, found.id, by=request.actor.id)


handlers = [
    staff_pages(works_here(Role.BOX_OFFICE), morning, one_performance),
    staff_pages(works_here(Role.ORGANISER), sales_csv, pause_sales, resume_sales),
]
