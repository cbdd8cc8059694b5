"""The office's page of kept seats and free tickets: keep, let go, issue a comp."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader, FormMultiDict
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.comp import CompWish, comp_once
from ticketing.box_office.counter import Pick
from ticketing.box_office.kept import KeptView, kept_view
from ticketing.checkout.buyer import buyer
from ticketing.foundation.clock import typed
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.pages import address
from ticketing.foundation.web import AnyRequest, clean_text, language, show
from ticketing.foyer.seats_page import MOST_AT_ONCE, drawn, explain, namer
from ticketing.inventory.allocate import allocate, release
from ticketing.inventory.models import Kept
from ticketing.orders.agree import Buyer
from ticketing.programme.queries import by_slug
from ticketing.venues.marks import tier_shape

BOX_OFFICE = [works_here(Role.BOX_OFFICE)]
NO_STORE = CacheControlHeader(no_store=True)
NOTHING: FormMultiDict = FormMultiDict()
TYPED = ("kind", "note", "release_at", "guest", "to", "reason", "approver")


@get(
    "/office/performances/{slug:str}/allocations",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def kept_page(
    request: AnyRequest,
    slug: FromPath[str],
    best: FromQuery[str] = "",
    section: FromQuery[str] = "",
    of: FromQuery[str] = "",
) -> Response[Any]:
    """``best``: find so many seats together; ``of``: pick those that an allocation has."""
    many = int(best) if best.isascii() and best.isdecimal() and len(best) < 3 else 0
    try:
        return await page(request, slug, Pick(best=many, section=section), of)
    except Refused as refused:
        if refused.status == 404:
            raise
        return await page(request, slug, Pick(), of, refused)


@post(
    "/office/performances/{slug:str}/allocations",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE, status_code=200,
)  # fmt: skip
async def keep(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """``do``: keep the picked seats, comp for free tickets, or release what an allocation has."""
    form = await request.form()
    act = ACTS.get(str(form.get("do", "")), keep_seats)
    seats = [str(seat) for seat in form.getall("seats", [])]
    try:
        path = await act(request, slug, seats, form)
    except Refused as refused:
        if refused.status == 404:
            raise
        return await page(request, slug, Pick(seats), str(form.get("of", "")), refused, form)
    return Redirect(address(language(request), path), status_code=303)


async def keep_seats(request: AnyRequest, slug: str, seats: list[str], form: FormMultiDict) -> str:
    desk = request.app.state.desk
    at = await desk.read(by_slug, slug)
    if (kind := str(form.get("kind", ""))) not in set(Kept):
        raise BadInput("kind", "请选留给谁。", "Please say what they are kept for.")
    note = clean_text(form.get("note"), "note", 80)
    until = str(form.get("release_at", ""))
    try:
        release_at = typed(until, at.zone) if until else None
    except (ValueError, OverflowError):
        raise BadInput("release_at", "请选放回的时间。", "Please choose the time.") from None
    by = request.state.actor.id
    await desk.write(allocate, at.id, seats, Kept(kind), note, release_at, by=by)
    return f"/office/performances/{slug}/allocations"


async def let_go(request: AnyRequest, slug: str, seats: list[str], form: FormMultiDict) -> str:
    of = str(form.get("of", ""))
    await request.app.state.desk.write(release, of, seats, by=request.state.actor.id)
    return f"/office/performances/{slug}/allocations"


async def issue_comp(request: AnyRequest, slug: str, seats: list[str], form: FormMultiDict) -> str:
    desk = request.app.state.desk
    at = await desk.read(by_slug, slug)
    if not (key := clean_text(form.get("key"), "key", 64)):
        raise BadInput("key", "请刷新页面再试。", "Please reload the page and try again.")
    wish = CompWish(
        at.id, seats, str(form.get("of", "")), guest(form),
        clean_text(form.get("reason"), "reason", 120), str(form.get("approver", "")),
        language(request),
    )  # fmt: skip
    number = await desk.write(comp_once, wish, key, by=request.state.actor.id)
    return f"/office/orders/{number}"


ACTS = {"keep": keep_seats, "release": let_go, "comp": issue_comp}


def guest(form: FormMultiDict) -> Buyer:
    """Return who gets the tickets; a phone number or mail address is welcome, not needed."""
    name, to = (clean_text(form.get(field), field, 80) for field in ("guest", "to"))
    if not to:
        return Buyer(name)
    return buyer({"name": name, "email" if "@" in to else "phone": to})


async def page(
    request: AnyRequest, slug: str, pick: Pick, of: str, refused: Refused | None = None,
    form: FormMultiDict = NOTHING,
) -> Response[Any]:  # fmt: skip
    state, lang = request.app.state, language(request)
    now = state.clock.now()
    found: KeptView = await state.desk.read(kept_view, slug, pick, of, now)
    view, actor = found.view, request.state.actor
    return show(
        request, "box_office/kept.html", status=refused.status if refused else 200,
        actor=actor, kept=found, view=view, at=view.show, key=new_secret(),
        map=drawn(view, lang), section=view.section or pick.section, name=namer(view, lang),
        shape=tier_shape, typed={field: str(form.get(field, "")) for field in TYPED},
        refusal=explain(refused, view, lang) if refused else "",
        open=view.show.cancelled_at is None and now < view.show.ends_at,
        most=MOST_AT_ONCE, kinds=list(Kept), me=actor.id.removeprefix("staff:"),
    )  # fmt: skip


handlers = [kept_page, keep]
