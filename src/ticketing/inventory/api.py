"""Holds, as JSON."""

from random import SystemRandom
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.openapi.spec import Example
from litestar.params import Body, FromPath, PathParameter
from msgspec import UNSET, UnsetType

from ticketing.foundation.clock import iso
from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import BadInput
from ticketing.foundation.guards import public
from ticketing.foundation.problems import problems
from ticketing.foundation.web import client
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold import Held, HoldLapsed, change, hold, hold_best, release
from ticketing.inventory.queries import find_hold, sections_wanted

CHANCE = SystemRandom()
ATTEMPTS = 6  # best seats chosen again when another buyer was quicker

Token = Annotated[str, PathParameter(description="The hold's token, known to its buyer alone.")]
BY_SEATS = Example(summary="these seats", value={"seats": ["6176ada3-20bb-53e2-99b8-2977cbd1ca9e"]})
ONE_FOR_ANOTHER = Example(
    summary="one for another",
    value={
        "add": ["bfcf3720-788f-536a-969e-ff6310baaa7a"],
        "drop": ["6176ada3-20bb-53e2-99b8-2977cbd1ca9e"],
    },
)
BEST_TWO = Example(
    summary="the best two stools", value={"best": {"quantity": 2, "section": "stool"}}
)


class Best(msgspec.Struct, forbid_unknown_fields=True):
    """The best seats near each other, in one section or price band where one is named.

    ``accessible``: one wheelchair place, its companion's, and the rest of the party near them.
    """

    quantity: int
    section: str | None = None
    band: str | None = None
    accessible: bool = False


class HoldWish(msgspec.Struct, forbid_unknown_fields=True):
    """Either the seats' ids, or what the best ones should be."""

    seats: list[str] | None = None
    best: Best | None = None


class HoldChange(msgspec.Struct, forbid_unknown_fields=True):
    add: list[str] = []
    drop: list[str] = []


class HoldAnswer(msgspec.Struct):
    """The last three tell of the best seats: how near each other they are, and how good."""

    token: str
    seats: list[str]
    expires_at: str
    next_to_each_other: bool | UnsetType = msgspec.field(name="nextToEachOther", default=UNSET)
    sections: list[str] | UnsetType = UNSET
    mean_quality: float | UnsetType = msgspec.field(name="meanQuality", default=UNSET)


@post(
    "/api/performances/{performance_id:str}/holds",
    guards=[public],
    status_code=201,
    responses=problems(400, 404, 409, 413, 422, 503),
)
async def place_hold(
    request: Request[Any, Any, Any],
    performance_id: FromPath[str],
    data: Annotated[HoldWish, Body(examples=[BY_SEATS, BEST_TWO])],
) -> Response[HoldAnswer]:
    """Hold seats for some minutes: all of them or none."""
    held = await wanted(request, performance_id, data)
    return answer(held, 201)


@get("/api/holds/{token:str}", guards=[public], responses=problems(404, 409))
async def show_hold(request: Request[Any, Any, Any], token: Token) -> Response[HoldAnswer]:
    """The seats of a running hold, for a page that was loaded again."""
    state = request.app.state
    found: Held = await state.desk.read(find_hold, token, state.clock.now())
    if not found.seats:
        raise HoldLapsed()
    return answer(found, 200)


@patch("/api/holds/{token:str}", guards=[public], responses=problems(400, 404, 409, 422, 503))
async def change_hold(
    request: Request[Any, Any, Any],
    token: Token,
    data: Annotated[HoldChange, Body(examples=[ONE_FOR_ANOTHER])],
) -> Response[HoldAnswer]:
    """Add seats and drop others, all or nothing."""
    return answer(await request.app.state.desk.write(change, token, data.add, data.drop), 200)


@delete("/api/holds/{token:str}", guards=[public], status_code=204, responses=problems(404))
async def release_hold(request: Request[Any, Any, Any], token: Token) -> None:
    """Give the seats back."""
    await request.app.state.desk.write(release, token)


async def wanted(request: Request[Any, Any, Any], performance_id: str, wish: HoldWish) -> Held:
    desk: Desk = request.app.state.desk
    named = {"by": client(request), "minutes": request.app.state.settings.hold_minutes}
    if (wish.seats is None) == (wish.best is None):
        raise BadInput(
            "seats", "请给出座位，或者要几个最佳座位。", "Name the seats, or how many best ones."
        )
    if wish.best is None:
        return await desk.write(hold, performance_id, wish.seats, **named)
    best = wish.best
    sections = await desk.look(sections_wanted, performance_id, best.section, best.band)
    for attempt in range(ATTEMPTS):
        try:
            return await desk.write(
                hold_best, performance_id, best.quantity, sections,
                accessible=best.accessible, rng=CHANCE, **named,
            )  # fmt: skip
        except SeatsTaken:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def answer(held: Held, status: int) -> Response[HoldAnswer]:
    content = HoldAnswer(held.token, held.seats, iso(held.held_until, held.zone))
    if told := held.seating:
        content.next_to_each_other = told.parts == 1
        content.sections, content.mean_quality = told.sections, round(told.quality, 3)
    return Response(content, status_code=status, headers={"cache-control": "no-store"})


handlers = [place_hold, show_hold, change_hold, release_hold]
