"""What is left of the seats, as JSON and as a stream. Everybody may ask, nothing changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import msgspec
from litestar import Litestar, Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.types import ASGIApp

from ticketing.desk.listen_notify import Bell
from ticketing.foyer.doors.availability import (
    AvailabilityAnswer,
    AvailabilityBits,
    Change,
    SeatStates,
)
from ticketing.foyer.doors.board import Board
from ticketing.foyer.doors.feed import Form, event
from ticketing.foyer.doors.streams import Streams
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import public_api
from ticketing.web.server import at_stop

NO_CACHE = "no-cache"  # kept, but asked about each time: 304 while it stands
PLAN = "019a9c3e-7a10-7cc1-9d5e-2f6f0b8a4c11"
ONE, OTHER = "5d1c7b3e-64a2-5c0e-9c51-0a4b2f1d7e10", "0b9f5a54-91a4-58de-8d0b-7f2f4c3e6a21"
IDS = AvailabilityAnswer(1779519600000, PLAN, 148, 150, [ONE], [OTHER])
BITS = AvailabilityBits(1779519600000, PLAN, 148, 150, "0001R" + "0" * 33)
CHANGE = Change(1779519600500, 148, [], [OTHER], [ONE])
STREAM = """Server-sent events, their data as JSON. `state`: what `availability` answers in the form asked for; \
first, and wherever a change was missed. `change`: what became of the seats since the event before. The \
id of an event is the tag of the state it leads to: who comes back with it as Last-Event-ID is told \
nothing twice. Comments are signs of life. At most two events a second."""
Asked = Annotated[
    Form,
    QueryParameter(
        description="`ids` names the seats; `bits` is small for large halls.",
        examples=[Example(summary=form, value=form) for form in ("ids", "bits")],
    ),
]


@asynccontextmanager
async def open_board(app: Litestar) -> AsyncIterator[None]:
    """Keep the board and tell the open pages, as long as the app lives."""
    board = app.state.board = Board(app.state.desk, app.state.clock)
    streams = app.state.streams = Streams(board)
    tasks = [asyncio.create_task(streams.run())]
    if not app.state.desk.url.startswith("sqlite"):
        tasks.append(asyncio.create_task(Bell(app.state.desk, board.touched, board.doubt).listen()))
    with at_stop(streams.end):
        yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def shown(value: msgspec.Struct) -> Example:
    return Example(summary=type(value).__name__, value=msgspec.to_builtins(value))


def sent(name: str, value: msgspec.Struct) -> Example:
    """Show an event as it is sent: the body of a stream is a text, whatever stands in its lines."""
    lines = event("0a1b2c3d", name, msgspec.json.encode(value))
    return Example(summary=f"{name}: {type(value).__name__}", value=lines.decode())


def told(description: str, container: Any, media_type: str, *examples: Example) -> Any:
    return {
        200: ResponseSpec(
            container, generate_examples=False, description=description, media_type=media_type,
            examples=list(examples),
        )
    }  # fmt: skip


@get(
    "/api/performances/{performance_id:str}/availability",
    responses=told(
        "As of now; 304 while nothing changes.",
        AvailabilityAnswer | AvailabilityBits,
        "application/json",
        shown(IDS),
        shown(BITS),
    )
    | problems(404),
)
async def show_availability(
    request: Request, performance_id: FromPath[str], form: Asked = "ids"
) -> Response[bytes]:
    """Which seats are gone. Ask again with If-None-Match: it costs next to nothing."""
    house: SeatStates = await request.app.state.board.get(performance_id)
    return (house.ids if form == "ids" else house.bits).answer(request, NO_CACHE)


@get(
    "/api/performances/{performance_id:str}/availability/stream",
    media_type="text/event-stream",
    responses=told(
        STREAM,
        str,
        "text/event-stream",
        sent("state", IDS),
        sent("state", BITS),
        sent("change", CHANGE),
    )
    | problems(404, 503),
)
async def stream_availability(
    request: Request, performance_id: FromPath[str], form: Asked = "ids"
) -> ASGIApp:
    """Told which seats go, as they go. 503: too many are being told; ask instead."""
    streams: Streams = request.app.state.streams
    house = await request.app.state.board.get(performance_id)
    known = request.headers.get("last-event-id", "")
    return streams.page(performance_id, house, known, form)


handlers = [public_api(show_availability, stream_availability)]
