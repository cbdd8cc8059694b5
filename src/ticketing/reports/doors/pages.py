"""The office: the morning glance, one performance, its CSV, pausing its sale."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.foundation.db import Tx
from ticketing.foundation.matter import Matter, Question
from ticketing.foundation.web import AnyRequest, done, language, show
from ticketing.programme.pause import pause, resume
from ticketing.programme.queries import by_slug
from ticketing.reports.attention import headline, matters
from ticketing.reports.charts import bars, line
from ticketing.reports.doors.letter_pages import letter_page, letters_page, send_letter
from ticketing.reports.export import CHANNELS, sales_sheet
from ticketing.reports.figures import Sales, differences
from ticketing.reports.glance import glances, total
from ticketing.reports.map import drawn
from ticketing.reports.night import night
from ticketing.reports.post_room import counts
from ticketing.reports.sales import sales
from ticketing.venues.marks import tier_shape

BOX_OFFICE = [works_here(Role.BOX_OFFICE)]
ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)


def sees_money(request: AnyRequest) -> bool:
    role: Role = request.state.actor.role
    return role.reaches(Role.ORGANISER)


@get("/office", guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE)
async def morning(request: AnyRequest) -> Response[Any]:
    """Every performance at once, those to come first."""
    desk, now, lang = request.app.state.desk, request.app.state.clock.now(), language(request)
    found = await desk.read(glances, now)
    money = sees_money(request)
    questions = request.app.state.get("matters", ()) if money else ()
    told = [matter for ask in questions for matter in await desk.read(asked, ask, now)]
    things = matters(found, await desk.read(counts), told)
    coming = [each for each in found if not each.over]
    over = [each for each in found if each.over]
    return show(
        request, "reports/morning.html", actor=request.state.actor, now=now,
        headline=headline(found, len(things), lang), matters=things, money=money,
        parts=[(some, total(some)) for some in (coming, over[::-1])],
    )  # fmt: skip


def asked(tx: Tx, ask: Question, now: int) -> list[Matter]:
    return list(ask(tx, now))


@get(
    "/office/performances/{slug:str}",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def one_performance(
    request: AnyRequest, slug: FromPath[str], section: FromQuery[str] = ""
) -> Response[Any]:
    """``section``: which one of a large hall is drawn."""
    now, lang = request.app.state.clock.now(), language(request)
    found = await request.app.state.desk.read(night, slug, now, section)
    at = found.show
    return show(
        request, "reports/performance.html", actor=request.state.actor, now=now, night=found,
        sales=found.sales, at=at, money=sees_money(request), channels=CHANNELS, shape=tier_shape,
        line=line(found.steps, at.starts_at, found.sales.capacity, at.zone),
        bars=bars(found.evening, at.doors_at, at.starts_at),
        map=drawn(found, lang), wrong=differences(found.sales),
    )  # fmt: skip


@get(
    "/office/performances/{slug:str}/sales.csv",
    guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def sales_csv(request: AnyRequest, slug: FromPath[str]) -> Response[str]:
    """The page's numbers for a spreadsheet."""
    now = request.app.state.clock.now()
    found = await request.app.state.desk.read(sales_of, slug, now)
    name = {"content-disposition": f'attachment; filename="sales-{slug}.csv"'}
    return Response(sales_sheet(found, language(request)), media_type="text/csv", headers=name)


def sales_of(tx: Tx, slug: str, now: int) -> Sales:
    return sales(tx, by_slug(tx, slug).id, now)


@post("/office/performances/{slug:str}/pause", guards=ORGANISER, include_in_schema=False)
async def pause_sales(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    await move_sale(request, slug, pause)
    zh, en = "暂停售票了。", "Sales are paused."
    return done(request, f"/office/performances/{slug}", zh, en)


@post("/office/performances/{slug:str}/resumption", guards=ORGANISER, include_in_schema=False)
async def resume_sales(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    await move_sale(request, slug, resume)
    zh, en = "恢复售票了。", "Sales go on."
    return done(request, f"/office/performances/{slug}", zh, en)


async def move_sale(request: AnyRequest, slug: str, act: Any) -> None:
    found = await request.app.state.desk.read(by_slug, slug)
    await request.app.state.desk.write(act, found.id, by=request.state.actor.id)


handlers = [
    morning, one_performance, sales_csv, pause_sales, resume_sales, letters_page, letter_page, send_letter,
]  # fmt: skip
