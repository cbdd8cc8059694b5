"""The office when something changes: tell buyers and let them return free, or cancel and pay back."""

from typing import Any, NamedTuple

import sqlalchemy as sa
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR, as_typed
from ticketing.foundation.clock import typed as typed_time
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.front import Front
from ticketing.foundation.typed_text import clean_text
from ticketing.foundation.words import Words
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.programme.cancel import cancel
from ticketing.programme.on_sale import returns_wait_until
from ticketing.programme.queries import by_slug
from ticketing.returns.call_list import call_list
from ticketing.returns.cancelled_performance import Progress, progress
from ticketing.returns.changes_told import changes_told
from ticketing.returns.notify_change import ToldJustNow, count_written_to, notify_change
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

MOST = 200  # characters of a reason


async def page(
    request: Request, slug: str, refused: Refused | None = None, form: FormMultiDict = NOTHING,
    *, asked: bool = False,
) -> Response[Any]:  # fmt: skip
    asked = asked or isinstance(refused, ToldJustNow)
    found: Concerned = await request.desk.read(concerned, slug)
    at = found.at
    typed = {name: str(form.get(name, "")) for name in ("act", "zh", "en", "until")}
    if not typed["until"]:
        typed["until"] = as_typed(at.starts_at - HOUR, at.zone)
    return show(
        request, "returns/changes.html", refused=refused,
        at=at, typed=typed, written=found.written,
        progress=found.progress, told=found.told, to_ring=found.to_ring,
        asked=asked, again=asked and refused is not None,
        returns_at=returns_wait_until(at, request.now),
        until=until(FormMultiDict(typed), at.zone) if asked else 0,
    )  # fmt: skip


@get("/office/performances/{slug:str}/changes")
async def changes(request: Request, slug: FromPath[str]) -> Response[Any]:
    return await page(request, slug)


@post("/office/performances/{slug:str}/changes")
@form_page(page)
async def change(request: Request, slug: FromPath[str]) -> Response[Any]:
    """``act``: tell or cancel; without ``sure`` it is only shown whom it concerns, and what is said."""
    form = await request.form()
    desk, by = request.desk, request.actor.id
    show_ = await desk.read(by_slug, slug)
    reason, closes_at = words(form), until(form, show_.zone)
    if "sure" not in form:
        return await page(request, slug, form=form, asked=True)
    if form.get("act") == "cancel":
        await desk.write(cancel, show_.id, reason, by=by)
        said = (
            "这一场取消了，退款在办。",
            "The performance is cancelled; the money is going back.",
        )
    else:
        again = "again" in form
        count = await desk.write(
            notify_change, show_.id, reason, closes_at=closes_at, again=again, by=by
        )
        said = f"写给了 {count} 位买票的人。", f"Letters to buyers: {count}."
    return done(request, f"/office/performances/{slug}/changes", *said)


@post("/office/performances/{slug:str}/returns")
@form_page(page)
async def returns(request: Request, slug: FromPath[str]) -> Response[Any]:
    """``at``: when what is returned is for sale again; empty for at once."""
    form, desk = await request.form(), request.desk
    show_ = await desk.read(by_slug, slug)
    at = str(form.get("at", ""))
    try:
        moment = typed_time(at, show_.zone) if at else None
    except (ValueError, OverflowError):
        raise BadInput("at", "请选一个时间。", "Please choose a time.") from None
    await desk.write(sell_returns_at, show_.id, moment, by=request.actor.id)
    said = (
        ("退回的座位先留着，到时间统一开售。", "Returned seats wait and are sold together then.")
        if moment else ("退回的座位马上再卖。", "Returned seats are for sale again at once.")
    )  # fmt: skip
    return done(request, f"/office/performances/{slug}/changes", *said)


def words(form: FormMultiDict) -> Words:
    """Return the reason in the languages of the house; in the first of them it is needed."""
    first, *others = Front.house["languages"]
    reason = {lang: clean_text(form.get(lang), lang, MOST) for lang in (first, *others)}
    if not reason[first]:
        raise BadInput(
            first, "请写清楚原因，观众会读到。", "Please say why: the buyers will read it."
        )
    return {lang: text or reason[first] for lang, text in reason.items()}


def until(form: FormMultiDict, zone: str) -> int:
    """Return the end of free returns, ms; a cancellation has none."""
    if form.get("act") == "cancel":
        return 0
    try:
        return typed_time(str(form.get("until", "")), zone)
    except (ValueError, OverflowError):
        raise BadInput(
            "until", "请选免费退票的截止时间。", "Please choose until when returns are free."
        ) from None


class Concerned(NamedTuple):
    """How many would be ``written`` to, what they were ``told`` before, and whom no letter reaches."""

    at: sa.Row[Any]
    written: int
    progress: Progress
    told: list[sa.Row[Any]]
    to_ring: list[sa.Row[Any]]


def concerned(tx: Tx, slug: str) -> Concerned:
    at = by_slug(tx, slug)
    told = changes_told(tx, at.id)
    since = at.cancelled_at or (told[0].opened_at if told else None)
    to_ring = call_list(tx, at.id, since) if since else []
    return Concerned(at, count_written_to(tx, at.id), progress(tx, at.id), told, to_ring)


handlers = [staff_pages(works_here(Role.ORGANISER), changes, change, returns)]
