"""The door for those who stand at it: choose a gate, scan, and the list on paper."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.doors.api import vouches
from ticketing.admission.doors.app_pages import texts
from ticketing.admission.queries import door, door_list, for_door
from ticketing.admission.wording import wording
from ticketing.foundation.codes import ALPHABET, new_id
from ticketing.foundation.web import AnyRequest, language, show

NO_STORE = CacheControlHeader(no_store=True)
USHER = [works_here(Role.USHER)]


class TypedForm(msgspec.Struct):
    """A scan without a script: the number was typed, or a scanner that is a keyboard typed it."""

    code: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,100}$")] = ""


Form = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/door", guards=USHER, include_in_schema=False, cache_control=NO_STORE)
async def choose_gate(request: AnyRequest) -> Response[Any]:
    state = request.app.state
    choices = await state.desk.read(for_door, state.clock.now())
    return show(request, "admission/choose.html", choices=choices, actor=request.state.actor)


@get("/door/{gate:str}/{slug:str}", guards=USHER, include_in_schema=False, cache_control=NO_STORE)
async def stand_at_gate(
    request: AnyRequest, gate: FromPath[str], slug: FromPath[str]
) -> Response[Any]:
    state = request.app.state
    now = state.clock.now()
    found = await state.desk.read(door, gate, slug)
    return show(
        request, "admission/scanner.html", door=found, nonce=new_id(now), alphabet=ALPHABET,
        csrf=request.state.actor.csrf_token or "", texts=texts(),
        supervises=vouches(request),
    )  # fmt: skip


@post(
    "/door/{gate:str}/{slug:str}", guards=USHER, include_in_schema=False, status_code=200,
    cache_control=NO_STORE,
)  # fmt: skip
async def scan_without_script(
    request: AnyRequest, gate: FromPath[str], slug: FromPath[str], data: Annotated[TypedForm, Form]
) -> Response[Any]:
    """Answer the verdict as a page; reloading it sends the same scan, which is harmless."""
    state = request.app.state
    found = await state.desk.read(door, gate, slug)
    answer = await state.desk.write(
        admit, Attempt(gate, found.showing.id, data.code.strip(), data.nonce, vouched=vouches(request)),
        state.keyring, by=request.state.actor.id,
    )  # fmt: skip
    words = wording(answer, language(request))
    return show(request, "admission/verdict.html", door=found, answer=answer, words=words)


@get(
    "/door/{gate:str}/{slug:str}/list",
    guards=USHER,
    include_in_schema=False,
    cache_control=NO_STORE,
)
async def print_list(
    request: AnyRequest, gate: FromPath[str], slug: FromPath[str]
) -> Response[Any]:
    """Who is expected at this gate, seat by seat, for phones that died."""
    state = request.app.state
    found = await state.desk.read(door, gate, slug)
    at, sections = found.showing, found.stand.rules.sections
    rows = await state.desk.read(door_list, at.id, at.plan_id, sections)
    return show(
        request, "admission/list.html", door=found, rows=rows, now=state.clock.now(),
        total=sum(map(len, rows)),
    )  # fmt: skip


handlers = [choose_gate, stand_at_gate, scan_without_script, print_list]
