"""Phones at the door, as JSON: take up a pairing, make a device of a signed-in phone, ask what for."""

from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.openapi.spec import Example
from litestar.params import Body

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.admission.devices.device import Known, enrol, take_up, wiped
from ticketing.admission.doors.guards import at_gate, once_a_device
from ticketing.admission.queries import Choice, for_door
from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR
from ticketing.foundation.typed_text import clean_text
from ticketing.foundation.words import Words
from ticketing.web.fast.raw_response import fresh
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import public_api, staff_api

AHEAD = 36 * HOUR  # of what begins later a phone needs no manifest yet


class PairingWish(msgspec.Struct, forbid_unknown_fields=True):
    """``secret``: from the pairing's code."""

    secret: Annotated[str, msgspec.Meta(max_length=100)]


class DeviceWish(msgspec.Struct, forbid_unknown_fields=True):
    """``name``: what the phone calls itself."""

    name: Annotated[str, msgspec.Meta(max_length=60)]


class PairedTold(msgspec.Struct):
    """The ``token`` is the device's own, and told this once."""

    id: str
    name: str
    role: str
    token: str


class GateTold(msgspec.Struct):
    name: str
    label: Words


class ChoiceTold(msgspec.Struct):
    """A performance at which this device may stand; instants in milliseconds."""

    performance: str
    title: Words
    hall: Words
    zone: str
    doors_at: int
    starts_at: int
    ends_at: int
    number: int
    gates: list[GateTold]


class Standing(msgspec.Struct):
    """What the device is and where it may stand; ``now`` is our clock, in milliseconds."""

    id: str
    name: str
    role: str
    now: int
    choices: list[ChoiceTold]


@post("/api/devices/pairings", status_code=201, responses=problems(400, 409, 503))
async def pair(
    request: Request,
    data: Annotated[PairingWish, Body(examples=[Example(value={"secret": "k3q7…"})])],
) -> Response[PairedTold]:
    """Take up a pairing that the organiser shows. It works once, and within half an hour."""
    paired = await request.desk.write(take_up, data.secret, by="pairing")
    return fresh(PairedTold(*paired), 201)


@post("/api/devices", status_code=201, responses=problems(400, 401, 403, 503))
async def enrol_phone(
    request: Request,
    data: Annotated[DeviceWish, Body(examples=[Example(value={"name": "Android, Chrome"})])],
) -> Response[PairedTold]:
    """Make a device of the phone on which somebody signed in: it works on when the session is over."""
    actor = request.actor
    name = clean_text(data.name, "name", 60) or actor.name
    paired = await request.desk.write(enrol, name, actor.role, by=actor.id)
    return fresh(PairedTold(*paired), 201)


@get("/api/devices/self", guards=[at_gate(Role.USHER)], responses=problems(401, 403))
async def where_to_stand(request: Request) -> Response[Standing]:
    """Where this device, or whoever asks, may stand tonight."""
    device, actor = request.state.device, request.actor
    now = request.now
    choices = await request.desk.read(choices_of, device, now)
    return fresh(
        Standing(
            device.id if device else "",
            actor.name,
            actor.role,
            now,
            [told(each) for each in choices],
        )
    )


@delete("/api/devices/self", guards=[once_a_device], status_code=204, responses=problems(401))
async def forgotten(request: Request) -> None:
    """A device that was shut out says that it has forgotten everything."""
    device: Known = request.state.device
    if device.revoked_at is not None:
        await request.desk.write(wiped, device.id)


def choices_of(tx: Tx, device: Known | None, now: int) -> list[Choice]:
    found = for_door(tx, now)
    near = [*([found.next] if found.next else []), *found.later, *found.over[:1]]
    return [
        allowed
        for choice in near
        if choice.showing.starts_at <= now + AHEAD or choice is found.next
        if (allowed := choice.for_device(device)).gates
    ]


def told(choice: Choice) -> ChoiceTold:
    show = choice.showing
    return ChoiceTold(
        show.id, show.title, show.hall_name, show.zone, show.doors_at, show.starts_at, show.ends_at, show.number,
        [GateTold(gate.name, gate.label) for gate in choice.gates],
    )  # fmt: skip


handlers = [
    public_api(pair),
    staff_api(works_here(Role.USHER), enrol_phone),
    where_to_stand,
    forgotten,
]
