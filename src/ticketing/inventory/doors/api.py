"""Holds, as JSON."""

from typing import Annotated

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.openapi.spec import Example
from litestar.params import Body, FromPath, HeaderParameter, PathParameter
from msgspec import UNSET, Meta, UnsetType

from ticketing.foundation.clock import iso
from ticketing.inventory.change import change, release
from ticketing.inventory.doors.problems import (
    NO_MORE_RENEWALS,
    ORPHAN_SEAT,
    SEATS_TAKEN,
    TOO_MANY_HOLDS,
)
from ticketing.inventory.doors.sent import key_of
from ticketing.inventory.hold_once import hold_once
from ticketing.inventory.hold_record import Held, HoldLapsed
from ticketing.inventory.queries import find_hold
from ticketing.inventory.renew import renew
from ticketing.inventory.request_hold import HoldWish, request_hold
from ticketing.web.client import client_cookie, client_of
from ticketing.web.fast.raw_response import fresh
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import public_api

Token = Annotated[str, PathParameter(description="The hold's token, known to its buyer alone.")]
SentKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key", max_length=200,
        description="Your own; sent again with it, the same request is answered the same.",
    ),
]  # fmt: skip
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


class HoldChange(msgspec.Struct, forbid_unknown_fields=True):
    add: list[str] = []
    drop: list[str] = []


class HoldAnswer(msgspec.Struct):
    """The best seats tell more: whether they are side by side, where they are, and how good."""

    token: str
    seats: list[str]
    expires_at: str
    renewals_left: Annotated[int, Meta(description="How often its full minutes can be had again.")]
    next_to_each_other: bool | UnsetType = msgspec.field(name="nextToEachOther", default=UNSET)
    sections: list[str] | UnsetType = UNSET
    mean_quality: float | UnsetType = msgspec.field(name="meanQuality", default=UNSET)


@post(
    "/api/performances/{performance_id:str}/holds",
    status_code=201,
    responses=problems(400, 404, 413, 503) | SEATS_TAKEN | ORPHAN_SEAT | TOO_MANY_HOLDS,
)
async def place_hold(
    request: Request,
    performance_id: FromPath[str],
    data: Annotated[HoldWish, Body(examples=[BY_SEATS, BEST_TWO])],
    key: SentKey = None,
) -> Response[HoldAnswer]:
    """Hold seats for some minutes: all of them or none.

    The answer sets a cookie that names the client, for the limits count each client's holds.
    """
    client = client_of(request, key)
    sent = key_of(request, client, key, data)
    held = await request_hold(
        request.desk, performance_id, data, sent,
        by=client.name, network=client.network, minutes=request.settings.hold_minutes,
    )  # fmt: skip
    cookie = client_cookie(request, client)
    return answer(held, 201, **{"set-cookie": cookie})


@get("/api/holds/{token:str}", responses=problems(404, 409))
async def show_hold(request: Request, token: Token) -> Response[HoldAnswer]:
    """The seats of a running hold, for a page that was loaded again."""
    found: Held = await request.desk.read(find_hold, token, request.now)
    if not found.seats:
        raise HoldLapsed()
    return answer(found, 200)


@patch("/api/holds/{token:str}", responses=problems(400, 404, 503) | SEATS_TAKEN | ORPHAN_SEAT)
async def change_hold(
    request: Request,
    token: Token,
    data: Annotated[HoldChange, Body(examples=[ONE_FOR_ANOTHER])],
    key: SentKey = None,
) -> Response[HoldAnswer]:
    """Add seats and drop others, all or nothing."""
    sent = key_of(request, client_of(request, key), key, data)
    return answer(await hold_once(request.desk, sent, change, token, data.add, data.drop), 200)


@post(
    "/api/holds/{token:str}/renewals",
    status_code=200,
    responses=problems(404, 422, 503) | NO_MORE_RENEWALS,
)
async def renew_hold(request: Request, token: Token, key: SentKey = None) -> Response[HoldAnswer]:
    """Keep the seats for the full minutes again, so often as the performance allows.

    Of a hold whose time is over it keeps those seats that nobody else took meanwhile.
    """
    sent = key_of(request, client_of(request, key), key)
    minutes = request.settings.hold_minutes
    return answer(await hold_once(request.desk, sent, renew, token, minutes=minutes), 200)


@delete("/api/holds/{token:str}", status_code=204, responses=problems(404))
async def release_hold(request: Request, token: Token) -> None:
    """Give the seats back."""
    await request.desk.write(release, token)


def answer(held: Held, status: int, **headers: str) -> Response[HoldAnswer]:
    expires_at = iso(held.held_until, held.zone)
    content = HoldAnswer(held.token, held.seats, expires_at, held.renewals_left)
    if told := held.seating:
        content.next_to_each_other = told.parts == 1
        content.sections, content.mean_quality = told.sections, round(told.quality, 3)
    return fresh(content, status, **headers)


handlers = [public_api(place_hold, show_hold, change_hold, renew_hold, release_hold)]
