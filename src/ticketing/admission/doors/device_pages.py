"""The office's page of phones at the door: pair one, see when each spoke last, shut one out."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import ROLE_WORDS, Role
from ticketing.admission.devices.device import devices, make_pairing, revoke
from ticketing.admission.queries import Choice, for_door
from ticketing.desk.db import Tx
from ticketing.foundation import qr
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.front import Front
from ticketing.foundation.typed_text import clean_text
from ticketing.venues.queries import GateSign, gates
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

ROLES = (Role.USHER, Role.SUPERVISOR)
QUIET = 2 * MINUTE  # a phone with a line speaks twice a minute


@dataclass(frozen=True, slots=True)
class Pairing:
    """What the organiser shows: an address, drawn as ``path`` in a square of ``side``."""

    name: str
    link: str
    side: int
    path: str


async def page(
    request: Request, refused: Refused | None = None, form: FormMultiDict = NOTHING,
    pairing: Pairing | None = None,
) -> Response[Any]:  # fmt: skip
    now = request.now
    doors, choices = await request.desk.read(bounds, now)
    return show(
        request, "admission/devices.html", refused=refused,
        devices=await request.desk.read(devices), gates=doors, choices=choices, pairing=pairing,
        roles=[(role, ROLE_WORDS[role]) for role in ROLES], role_words=ROLE_WORDS,
        name=str(form.get("name", "")), now=now, zone=Front.house["zone"], quiet=QUIET,
        labels={gate.name: gate.label for gate in doors},
        shows={each.showing.id: each.showing for each in choices},
    )  # fmt: skip


@get("/office/devices")
async def all_devices(request: Request) -> Response[Any]:
    return await page(request)


@post("/office/devices")
@form_page(page)
async def pair_one(request: Request) -> Response[Any]:
    """The code is shown once, here; another may be made at any time."""
    form = await request.form()
    name = clean_text(form.get("name"), "name", 60)
    if not name:
        raise BadInput("name", "请给这部手机起个名字。", "Please give this phone a name.")
    wanted = await request.desk.read(bounds, request.now)
    secret = await request.desk.write(
        make_pairing, name, Role.named(str(form.get("role", ""))),
        known(form, "gates", {gate.name for gate in wanted[0]}),
        known(form, "performances", {each.showing.id for each in wanted[1]}),
        by=request.actor.id,
    )  # fmt: skip
    link = Front.base_url + address(request.lang, "/door/app") + f"#pair={secret}"
    return await page(request, pairing=Pairing(name, link, *qr.link_path(link)))


@post("/office/devices/{device:str}/revocation")
async def shut_out(request: Request, device: FromPath[str]) -> Response[Any]:
    """``wipe``: it forgets what it knows when it next has a line."""
    form = await request.form()
    await request.desk.write(revoke, device, wipe=form.get("wipe") == "yes", by=request.actor.id)
    return done(request, "/office/devices", "这部手机停用了。", "The phone is shut out.")


def bounds(tx: Tx, now: int) -> tuple[list[GateSign], list[Choice]]:
    """Return what a phone can be bound to: the gates, and the performances that are not over."""
    found = for_door(tx, now)
    return gates(tx), [*([found.next] if found.next else []), *found.later]


def known(form: FormMultiDict, name: str, names: set[str]) -> list[str]:
    """Return what was ticked; refuses what is not there."""
    ticked = [str(each) for each in form.getall(name, [])]
    if unknown := [each for each in ticked if each not in names]:
        raise BadInput(name, f"没有 {unknown[0]}。", f"There is no {unknown[0]}.")
    return ticked


handlers = [staff_pages(works_here(Role.ORGANISER), all_devices, pair_one, shut_out)]
