"""The room in which seats are kept and free tickets are issued: shown, and shown again with why not."""

from typing import Any

from litestar import Response
from litestar.datastructures import FormMultiDict

from ticketing.accounts.models import Role
from ticketing.box_office.allocations import KeptView, kept_view
from ticketing.box_office.counter import Pick
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.typed_text import clean_text
from ticketing.foyer.doors.seats_page import MOST_AT_ONCE, drawn, explain, namer
from ticketing.inventory.models import KEPT_FOR
from ticketing.web.form_page import NOTHING
from ticketing.web.request import Request
from ticketing.web.show import show

TYPED = ("kind", "note", "release_at", "guest", "to", "reason", "approver")


async def sought(
    request: Request, slug: str, best: str, section: str, of: str = "", *, comping: bool = False
) -> Response[Any]:
    """Show the room, with so many seats found in it where ``best`` says how many."""
    many = int(best) if best.isascii() and best.isdecimal() and len(best) < 3 else 0
    try:
        return await page(
            request, slug, Pick(best=many, section=section), of=of, comping=comping
        )  # fmt: skip
    except Refused as refused:
        if refused.status == 404:
            raise
        return await page(request, slug, Pick(), of=of, comping=comping, refused=refused)


async def again(
    request: Request, slug: str, refused: Refused, form: FormMultiDict, allocation: str = "",
    *, comping: bool = False,
) -> Response[Any]:  # fmt: skip
    """Show the room after a refusal, with what was picked and typed; for ``form_page``."""
    return await page(
        request, slug, Pick(seats_in(form)), of=str(form.get("of", "")), comping=comping,
        refused=refused, form=form,
    )  # fmt: skip


async def page(
    request: Request, slug: str, pick: Pick, *, of: str, comping: bool,
    refused: Refused | None = None, form: FormMultiDict = NOTHING,
) -> Response[Any]:  # fmt: skip
    """``comping``: to issue free tickets, not to keep seats."""
    lang, actor = request.lang, request.actor
    now = request.now
    found: KeptView = await request.desk.read(kept_view, slug, pick, of, now)
    view, manages = found.view, actor.role.reaches(Role.ORGANISER)
    open_ = view.show.cancelled_at is None and now < view.show.ends_at
    return show(
        request, "box_office/kept.html", refused=refused,
        kept=found, view=view, at=view.show, key=new_secret(), comping=comping,
        manages=manages,
        map=drawn(view, lang), section=view.section or pick.section, name=namer(view, lang),
        shape=tier_shape, typed={field: str(form.get(field, "")) for field in TYPED},
        refusal=explain(refused, view, lang) if refused else "",
        open=open_, picking=open_ and (comping or manages),
        most=MOST_AT_ONCE, kinds=KEPT_FOR, me=actor.id.removeprefix("staff:"),
    )  # fmt: skip


def here(slug: str, what: str = "allocations") -> str:
    return f"/office/performances/{slug}/{what}"


def seats_in(form: FormMultiDict) -> list[str]:
    return [str(seat) for seat in form.getall("seats", [])]


def key_in(form: FormMultiDict) -> str:
    if not (key := clean_text(form.get("key"), "key", 64)):
        raise BadInput("key", "请刷新页面再试。", "Please reload the page and try again.")
    return key
