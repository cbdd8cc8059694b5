"""The office's page of kept seats: keep them, let them go, move the time at which they go."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.doors.allocations_shown import (
    again,
    here,
    key_in,
    seats_in,
    sought,
)
from ticketing.desk.idempotency import Key, fingerprint, once
from ticketing.foundation.clock import typed
from ticketing.foundation.errors import BadInput
from ticketing.foundation.typed_text import clean_text
from ticketing.inventory.allocate import allocate, release, release_later
from ticketing.inventory.models import KeptFor
from ticketing.programme.queries import by_slug
from ticketing.web.form_page import form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done

PATH = "/office/performances/{slug:str}/allocations"


@get(PATH)
async def kept_page(
    request: Request, slug: FromPath[str], best: FromQuery[str] = "",
    section: FromQuery[str] = "",
) -> Response[Any]:  # fmt: skip
    """``best``: find so many seats together, in a section where one is named."""
    return await sought(request, slug, best, section)


@post(PATH, guards=[works_here(Role.ORGANISER)])
@form_page(again)
async def keep(request: Request, slug: FromPath[str]) -> Response[Any]:
    form, desk, by = await request.form(), request.desk, request.actor.id
    at = await desk.read(by_slug, slug)
    if (kind := str(form.get("kind", ""))) not in set(KeptFor):
        raise BadInput("kind", "请选留给谁。", "Please say what they are kept for.")
    note, seats = clean_text(form.get("note"), "note", 80), seats_in(form)
    until = moment(form.get("release_at"), at.zone)
    print_ = fingerprint("allocate", at.id, seats, kind, note, until)
    wish = (at.id, seats, KeptFor(kind), note, until)
    await desk.write(once, Key(by, key_in(form), print_), allocate, *wish, by=by)
    count = len(set(seats))
    return done(request, here(slug), f"留好了 {count} 席。", f"Kept: {count} seats.")


@post(PATH + "/{allocation:str}/release")
@form_page(again)
async def let_go(request: Request, slug: FromPath[str], allocation: FromPath[str]) -> Response[Any]:
    """``do=ticked``: only the ``seats`` that are named, else all."""
    form, desk = await request.form(), request.desk
    some = seats_in(form) if form.get("do") == "ticked" else None
    if some == []:
        raise BadInput("seats", "请先勾座位。", "Please tick the seats first.")
    at = await desk.read(by_slug, slug)
    await desk.write(release, at.id, allocation, some or (), by=request.actor.id)
    return done(request, here(slug), "放回去卖了。", "They are for sale again.")


@post(PATH + "/{allocation:str}/time")
@form_page(again)
async def move(request: Request, slug: FromPath[str], allocation: FromPath[str]) -> Response[Any]:
    """``at``: when they go by themselves; empty for never."""
    form, desk = await request.form(), request.desk
    at = await desk.read(by_slug, slug)
    until = moment(form.get("at"), at.zone)
    await desk.write(release_later, at.id, allocation, until, by=request.actor.id)
    return done(request, here(slug), "放回的时间改好了。", "The time of release is changed.")


def moment(text: object, zone: str) -> int | None:
    try:
        return typed(str(text), zone) if text else None
    except (ValueError, OverflowError):
        raise BadInput("release_at", "请选放回的时间。", "Please choose the time.") from None


handlers = [
    staff_pages(works_here(Role.BOX_OFFICE), kept_page, keep),
    staff_pages(works_here(Role.ORGANISER), let_go, move),
]
