"""The door, as JSON: a scan and its verdict."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import Body, PathParameter, QueryParameter

from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.doors.guards import at_gate
from ticketing.admission.queries import count
from ticketing.admission.wording.gate_answer import ADMITTED, INVALID, ScanAnswer, gate_answer
from ticketing.foundation.clock import nearest
from ticketing.foundation.errors import BadInput
from ticketing.web.fast.raw_response import fresh
from ticketing.web.problems import problems
from ticketing.web.refusals import NotUnderstood
from ticketing.web.request import Request
from ticketing.web.routers import staff_api

NO_STORE = {"cache-control": "no-store"}
EXAMPLE = {
    "code": "K7QM42",
    "nonce": "0197f3c2-8a51-7c3e-9d10-5b0c6a1f2e34",
    "performance": "0197f3c2-0000-7000-8000-000000000001",
    "at": "2026-05-23T14:41:07+08:00",
    "direction": "in",
}
ANSWERS = {
    200: ResponseSpec(
        ScanAnswer,
        generate_examples=False,
        description="The verdict, refusals too.",
        examples=[
            Example(summary=answer.verdict, value=msgspec.to_builtins(answer))
            for answer in (ADMITTED, INVALID)
        ],
    )
}

GateName = Annotated[str, PathParameter(description="The gate's name, unique here, such as main.")]
When = Annotated[str, msgspec.Meta(max_length=40, extra_json_schema={"format": "date-time"})]
Nonce = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,100}$")]


class ScanWish(msgspec.Struct, forbid_unknown_fields=True):
    """``code``: what the camera read, or the short number that was typed.

    ``nonce`` is the scan's own and stays when it is sent again. ``at`` is the device's time, with
    its offset; without it, or in the future, it is now. A device that keeps its scans numbers them.
    """

    code: Annotated[str, msgspec.Meta(max_length=2000)]
    nonce: Nonce
    performance: Annotated[str, msgspec.Meta(max_length=100)]
    at: When | None = None
    direction: Annotated[str, msgspec.Meta(max_length=10)] = "in"
    device: Annotated[str, msgspec.Meta(max_length=100)] = ""
    sequence: Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)] = 0


class Count(msgspec.Struct):
    """``inside``: who was let in; ``capacity``: the approved number of people."""

    inside: int
    capacity: int


@post(
    "/api/gates/{gate:str}/scans",
    status_code=200,
    responses=ANSWERS | problems(400, 401, 403, 404, 422, 503),
)
async def scan(
    request: Request,
    gate: GateName,
    data: Annotated[ScanWish, Body(examples=[Example(value=EXAMPLE)])],
) -> Response[ScanAnswer]:
    """Try to let a ticket in. Every attempt is stored; a refusal is a 200 with its verdict.

    Sent again with the same nonce, it answers what it answered, whatever has happened since.
    """
    state = request.app.state
    must_be_bound(request, gate, data.performance)
    answer = await request.desk.write(
        admit,
        Attempt(
            gate, data.performance, data.code, data.nonce, moment(data.at) if data.at else None, data.direction,
            data.device, data.sequence, vouches(request),
        ),
        state.keyring, by=request.actor.id,
    )  # fmt: skip
    return fresh(gate_answer(answer, request.lang))


@get("/api/gates/{gate:str}/count", responses=problems(401, 403, 404))
async def show_count(
    request: Request,
    gate: GateName,
    performance: Annotated[str, QueryParameter(description="The performance's id.")],
) -> Response[Count]:
    """How many are inside now; a gate asks while it waits."""
    must_be_bound(request, gate, performance)
    found = await request.desk.read(count, gate, performance)
    return Response(Count(*found), headers=NO_STORE)


def must_be_bound(request: Request, gate: str, performance: str) -> None:
    """Raise NotThisDevice where a phone asks for what it was not paired for."""
    if request.state.device:
        request.state.device.must_be_bound(gate, performance)


def vouches(request: Request) -> bool:
    """Say whether who asks may say of a number that its holder is the right one."""
    return bool(request.actor.role.reaches(Role.SUPERVISOR))


def moment(text: str, field: str = "at") -> int:
    """Read a device's time, ms: however wrong its clock, what it saw is a fact."""
    try:
        read = msgspec.convert(text, datetime)
    except (msgspec.ValidationError, ValueError):
        raise NotUnderstood([{"key": field}]) from None
    try:
        return nearest(read)
    except (ValueError, OverflowError):
        raise BadInput(
            field,
            f"“{field}”要写成带时区的时间，如 2026-05-23T15:00:00+08:00。",
            f"“{field}” must be a time with its offset, such as 2026-05-23T15:00:00+08:00.",
        ) from None


handlers = [staff_api(at_gate(Role.USHER), scan, show_count)]
