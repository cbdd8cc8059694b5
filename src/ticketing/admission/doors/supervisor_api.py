"""The door for its supervisor, as JSON: look up, let in with a reason, take back."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.openapi.spec import Example
from litestar.params import Body, QueryParameter

from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt
from ticketing.admission.doors.api import Count, GateName, Nonce, must_be_bound
from ticketing.admission.doors.guards import at_gate
from ticketing.admission.gate_context import GateContext, gate_context
from ticketing.admission.look_up import Found, guests, look_up
from ticketing.admission.offline import sealed
from ticketing.admission.overrule import overrule, take_back
from ticketing.admission.wording.gate_answer import ScanAnswer, gate_answer
from ticketing.desk.db import Tx
from ticketing.foundation.clock import iso
from ticketing.foundation.codes import unpadded
from ticketing.foundation.typed_text import clean_text
from ticketing.seating.plan import label
from ticketing.web.fast.raw_response import fresh
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import staff_api

NONCE = "0197f3c2-8a51-7c3e-9d10-5b0c6a1f2e34"
PERFORMANCE = "0197f3c2-0000-7000-8000-000000000001"
OVERRIDE = {
    "code": "K7QM42", "nonce": NONCE, "performance": PERFORMANCE,
    "reason": "Bought at the desk, name checked",
}  # fmt: skip
Text = Annotated[str, msgspec.Meta(max_length=100)]


class OverrideWish(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=2000)]
    nonce: Nonce
    performance: Text
    reason: Annotated[str, msgspec.Meta(max_length=200)]


class UndoWish(msgspec.Struct, forbid_unknown_fields=True):
    """``nonce``: of the scan that is taken back."""

    nonce: Nonce
    performance: Text


class TicketFound(msgspec.Struct):
    """``contact``: the last digits of a phone, or a mail address; ``order`` is alike for those who come
    together; ``index``: by what a manifest finds it; ``email``: whole, "" without one."""

    number: str
    seat: str
    name: str
    contact: str
    standing: str
    came_at: str | None
    order: str
    index: str
    order_number: str
    email: str


@get("/api/gates/{gate:str}/tickets", responses=problems(401, 403, 404, 422))
async def find_tickets(
    request: Request,
    gate: GateName,
    performance: Annotated[str, QueryParameter(description="The performance's id.")],
    q: Annotated[
        str,
        QueryParameter(description="Number of the ticket or order, end of a phone, mail, or name."),
    ],
) -> Response[list[TicketFound]]:
    """Find a ticket without its code. Who may look sees whole names: it is written nowhere else."""
    must_be_bound(request, gate, performance)
    lang = request.lang
    zone, found = await request.desk.read(find, gate, performance, clean_text(q, "q", 80))
    return fresh([found_told(each, zone, lang) for each in found])


@get("/api/gates/{gate:str}/guests", responses=problems(401, 403, 404))
async def all_guests(
    request: Request,
    gate: GateName,
    performance: Annotated[str, QueryParameter(description="The performance's id.")],
) -> Response[list[TicketFound]]:
    """Everybody who is expected, for a supervisor who will have no line: to be kept in memory alone."""
    must_be_bound(request, gate, performance)
    desk, lang = request.desk, request.lang
    here = await desk.read(gate_context, gate, performance)
    found = await desk.read(guests, performance, here.plan_id)
    return fresh([found_told(each, here, lang) for each in found])


@post(
    "/api/gates/{gate:str}/overrides",
    status_code=200,
    responses=problems(400, 401, 403, 404, 422, 503),
)
async def let_in(
    request: Request,
    gate: GateName,
    data: Annotated[OverrideWish, Body(examples=[Example(value=OVERRIDE)])],
) -> Response[ScanAnswer]:
    """Let a ticket in whatever the verdict was; the reason goes into the diary."""
    must_be_bound(request, gate, data.performance)
    state = request.app.state
    attempt = Attempt(gate, data.performance, data.code, data.nonce)
    answer = await request.desk.write(
        overrule,
        attempt,
        clean_text(data.reason, "reason"),
        state.keyring,
        by=request.actor.id,
    )
    return fresh(gate_answer(answer, request.lang))


@post(
    "/api/gates/{gate:str}/undos", status_code=200, responses=problems(400, 401, 403, 404, 409, 503)
)
async def undo_scan(
    request: Request,
    gate: GateName,
    data: Annotated[
        UndoWish, Body(examples=[Example(value={"nonce": NONCE, "performance": PERFORMANCE})])
    ],
) -> Response[Count]:
    """Take back an entry or exit of the last quarter of an hour; a second time changes nothing."""
    must_be_bound(request, gate, data.performance)
    desk = request.desk
    by = request.actor.id
    inside = await desk.write(take_back, gate, data.performance, data.nonce, by=by)
    here = await desk.read(gate_context, gate, data.performance)
    return fresh(Count(inside, here.rules.capacity))


def find(tx: Tx, gate: str, performance_id: str, words: str) -> tuple[GateContext, list[Found]]:
    here = gate_context(tx, gate, performance_id)
    return here, look_up(tx, performance_id, here.plan_id, words)


def found_told(found: Found, here: GateContext, lang: str) -> TicketFound:
    came_at = iso(found.came_at, here.zone) if found.came_at else None
    index = unpadded(sealed.index(here.rules.performance, found.number))
    return TicketFound(
        found.short, label(found.seat, found.section, lang), found.name, found.contact,
        found.standing, came_at, found.order_id, index,
        found.order_number, found.email,
    )  # fmt: skip


handlers = [staff_api(at_gate(Role.SUPERVISOR), find_tickets, all_guests, let_in, undo_scan)]
