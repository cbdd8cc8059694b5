"""The door for those who stand at it: choose a gate, scan, and the list on paper."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.doors.api import vouches
from ticketing.admission.doors.app_pages import texts
from ticketing.admission.queries import door, door_list, for_door
from ticketing.admission.wording.verdicts import wording
from ticketing.foundation.codes import ALPHABET, new_id
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import show


class TypedForm(msgspec.Struct):
    """A scan without a script: the number was typed, or a scanner that is a keyboard typed it."""

    code: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,100}$")] = ""


Form = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/door")
async def choose_gate(request: Request) -> Response[Any]:
    choices = await request.desk.read(for_door, request.now)
    return show(request, "admission/choose.html", choices=choices)


@get("/door/{gate:str}/{slug:str}")
async def stand_at_gate(
    request: Request, gate: FromPath[str], slug: FromPath[str]
) -> Response[Any]:
    now = request.now
    found = await request.desk.read(door, gate, slug)
    return show(
        request, "admission/scanner.html", door=found, nonce=new_id(now), alphabet=ALPHABET,
        csrf=request.actor.csrf_token or "", texts=texts(),
        supervises=vouches(request),
    )  # fmt: skip


@post("/door/{gate:str}/{slug:str}")
async def scan_without_script(
    request: Request, gate: FromPath[str], slug: FromPath[str], data: Annotated[TypedForm, Form]
) -> Response[Any]:
    """Answer the verdict as a page; reloading it sends the same scan, which is harmless."""
    state = request.app.state
    found = await request.desk.read(door, gate, slug)
    answer = await request.desk.write(
        admit, Attempt(gate, found.showing.id, data.code.strip(), data.nonce, vouched=vouches(request)),
        state.keyring, by=request.actor.id,
    )  # fmt: skip
    words = wording(answer, request.lang)
    return show(request, "admission/verdict.html", door=found, answer=answer, words=words)


@get("/door/{gate:str}/{slug:str}/list")
async def print_list(request: Request, gate: FromPath[str], slug: FromPath[str]) -> Response[Any]:
    """Who is expected at this gate, seat by seat, for phones that died."""
    found = await request.desk.read(door, gate, slug)
    at, sections = found.showing, found.context.rules.sections
    rows = await request.desk.read(door_list, at.id, at.plan_id, sections)
    return show(
        request, "admission/list.html", door=found, rows=rows, now=request.now,
        total=sum(map(len, rows)),
    )  # fmt: skip


handlers = [
    staff_pages(
        works_here(Role.USHER), choose_gate, stand_at_gate, scan_without_script, print_list
    ),
]
