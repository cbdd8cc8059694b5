"""The office when something changes: tell buyers and let them return free, or cancel and pay back."""

from typing import Any

import sqlalchemy as sa
from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader, FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.cancelled import Progress, progress
from ticketing.checkout.tell_of_change import count_written_to, tell_of_change
from ticketing.foundation.clock import HOUR, as_typed
from ticketing.foundation.clock import typed as typed_time
from ticketing.foundation.db import Tx
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.pages import Front, address
from ticketing.foundation.web import AnyRequest, clean_text, language, show
from ticketing.foundation.words import Words
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.programme.cancel import cancel
from ticketing.programme.on_sale import returns_wait_until
from ticketing.programme.queries import by_slug

ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)
MOST = 200  # characters of a reason
NOTHING = FormMultiDict()


@get(
    "/office/performances/{slug:str}/changes",
    guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def changes(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    return await page(request, slug, NOTHING)


@post(
    "/office/performances/{slug:str}/changes",
    guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE, status_code=200,
)  # fmt: skip
async def change(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """``act``: tell or cancel; without ``sure`` it is only shown whom it concerns, and what is said."""
    form = await request.form()
    desk, by = request.app.state.desk, request.state.actor.id
    show_ = await desk.read(by_slug, slug)
    try:
        reason, closes_at = words(form), until(form, show_.zone)
        if "sure" not in form:
            return await page(request, slug, form, asked=True)
        if form.get("act") == "cancel":
            await desk.write(cancel, show_.id, reason, by=by)
        else:
            await desk.write(tell_of_change, show_.id, reason, closes_at=closes_at, by=by)
    except NotFound:
        raise
    except Refused as refused:
        return await page(request, slug, form, refused)
    path = f"/office/performances/{slug}/changes"
    return Redirect(address(language(request), path), status_code=303)


@post(
    "/office/performances/{slug:str}/returns",
    guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE, status_code=200,
)  # fmt: skip
async def returns(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """``at``: when what is returned is for sale again; empty for at once."""
    form, desk = await request.form(), request.app.state.desk
    show_ = await desk.read(by_slug, slug)
    try:
        at = str(form.get("at", ""))
        moment = typed_time(at, show_.zone) if at else None
        await desk.write(sell_returns_at, show_.id, moment, by=request.state.actor.id)
    except (ValueError, OverflowError):
        refused: Refused = BadInput("at", "请选一个时间。", "Please choose a time.")
        return await page(request, slug, form, refused)
    except Refused as why:
        return await page(request, slug, form, why)
    path = f"/office/performances/{slug}/changes"
    return Redirect(address(language(request), path), status_code=303)


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


async def page(
    request: AnyRequest, slug: str, form: FormMultiDict, refused: Refused | None = None,
    *, asked: bool = False,
) -> Response[Any]:  # fmt: skip
    state, lang = request.app.state, language(request)
    at, written, numbers = await state.desk.read(concerned, slug)
    typed = {name: str(form.get(name, "")) for name in ("act", "zh", "en", "until")}
    if not typed["until"]:
        typed["until"] = as_typed(at.starts_at - HOUR, at.zone)
    return show(
        request, "checkout/changes.html", status=refused.status if refused else 200,
        actor=request.state.actor, at=at, typed=typed, written=written, progress=numbers,
        asked=asked, returns_at=returns_wait_until(at, state.clock.now()),
        refusal=refused.sentence(lang) if refused else "",
        until=until(FormMultiDict(typed), at.zone) if asked else 0,
    )  # fmt: skip


def concerned(tx: Tx, slug: str) -> tuple[sa.Row[Any], int, Progress]:
    """Return the performance, how many would be written to, and what is to be paid back."""
    at = by_slug(tx, slug)
    return at, count_written_to(tx, at.id), progress(tx, at.id)


handlers = [changes, change, returns]
