"""What a device sends when its line is back, and what it asks for to do without one."""

import gzip
from asyncio import to_thread
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.openapi.spec import Example
from litestar.params import Body, QueryParameter

from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt
from ticketing.admission.devices.device import Known, contact
from ticketing.admission.doors.api import GateName, Nonce, When, moment, must_be_bound, vouches
from ticketing.admission.doors.guards import at_gate, tells_of_scans
from ticketing.admission.models import Verdict
from ticketing.admission.offline.batch import MOST_SCANS, NotTaken, Sent, Taken, take_in
from ticketing.admission.offline.conflicts import Conflict, Entry
from ticketing.admission.offline.manifest import manifest
from ticketing.foundation.clock import iso
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.typed_text import clean_text
from ticketing.foundation.words import say
from ticketing.seating.plan import label
from ticketing.web.fast.raw_response import Ready, fresh
from ticketing.web.problems import problems
from ticketing.web.request import Request, header
from ticketing.web.routers import staff_api

EXAMPLE = {
    "device": "phone-2", "sent_at": "2026-05-23T15:12:00+08:00", "unsent": 0, "battery": 64,
    "scans": [
        {
            "sequence": 17, "code": "K7QM42", "nonce": "0197f3c2-8a51-7c3e-9d10-5b0c6a1f2e34",
            "performance": "0197f3c2-0000-7000-8000-000000000001",
            "at": "2026-05-23T14:41:07+08:00", "direction": "in", "verdict": "admitted",
        }
    ],
}  # fmt: skip
JSON_GZIP = {
    "content-type": "application/json", "content-encoding": "gzip", "cache-control": "no-store",
}  # fmt: skip
Whole = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]


class KeptScan(msgspec.Struct):
    """``verdict``: what the device said; without it we work out what it must have said. ``reason``: with
    which a supervisor overruled a verdict; an usher's is not heard."""

    sequence: Whole
    code: Annotated[str, msgspec.Meta(max_length=2000)]
    nonce: Nonce
    performance: Annotated[str, msgspec.Meta(max_length=100)]
    at: When
    direction: Annotated[str, msgspec.Meta(max_length=10)] = "in"
    verdict: Verdict | None = None
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class ScanBatch(msgspec.Struct):
    """``scans``: each a KeptScan; one that is none is answered with its problem and stops no other.

    ``unsent``: how many the device still keeps; ``battery`` in percent.
    """

    device: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    sent_at: When
    scans: Annotated[list[Any], msgspec.Meta(max_length=MOST_SCANS)]
    unsent: Whole | None = None
    battery: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None


class ScanResult(msgspec.Struct, omit_defaults=True):
    """``verdict``: what we say of it knowing all; ``said``: what is stored as told at the gate; or a
    ``problem`` and its sentence, where it was not taken."""

    sequence: int | None
    nonce: str = ""
    verdict: str = ""
    said: str = ""
    at: str = ""
    problem: str = ""
    message: str = ""


class EntryTold(msgspec.Struct):
    at: str
    gate: str
    gate_name: str
    device: str
    device_name: str


class ConflictTold(msgspec.Struct):
    """``kind``: twice, or void for a ticket that was void before it was let in."""

    kind: str
    ticket: str
    seat: str
    first: EntryTold | None
    second: EntryTold


class BatchAnswer(msgspec.Struct):
    """``skew_ms``: how far the device's clock is behind ours, by which its times were put right."""

    results: list[ScanResult]
    conflicts: list[ConflictTold]
    now: str
    skew_ms: int


@post(
    "/api/gates/{gate:str}/scan-batches",
    status_code=200,
    responses=problems(400, 401, 403, 404, 413, 422, 503),
)
async def take_batch(
    request: Request,
    gate: GateName,
    data: Annotated[ScanBatch, Body(examples=[Example(value=EXAMPLE)])],
) -> Response[BatchAnswer]:
    """Take what a device kept. Facts: who was let in is inside, whatever would be said now.

    An empty batch says only that the device is there. Sent again, it answers alike.
    """
    state, device, lang = request.app.state, request.state.device, request.lang
    if device and data.device != device.id:
        raise BadInput("device", "device 不是这台设备的编号。", "This is not the device's own id.")
    may_overrule = vouches(request)
    scans = [
        read_scan(gate, data.device, raw, device, lang, may_overrule=may_overrule)
        for raw in data.scans
    ]
    result = await request.desk.write(
        take_in, [each for each in scans if isinstance(each, Sent)], moment(data.sent_at, "sent_at"),
        state.keyring, until=device.revoked_at if device else None, by=request.actor.id,
    )  # fmt: skip
    if device:
        await request.desk.write(
            contact, device.id, unsent=data.unsent, battery=data.battery, skew=result.skew
        )
    taken = iter(result.scans)
    results = [told(next(taken), lang) if isinstance(each, Sent) else each for each in scans]
    conflicts = [conflict_told(each, lang) for each in result.conflicts]
    return fresh(BatchAnswer(results, conflicts, utc(request.now), result.skew))


@get("/api/gates/{gate:str}/manifest", responses=problems(401, 403, 404, 422, 503))
async def show_manifest(
    request: Request,
    gate: GateName,
    performance: Annotated[str, QueryParameter(description="The performance's id.")],
    cursor: Annotated[
        str, QueryParameter(description="What an earlier answer said: only what changed is told.")
    ] = "",
) -> Response[dict[str, Any]]:
    """All that a device needs to decide without a line; see the room's ``sealed`` for what it tells to whom.

    Times are milliseconds since 1970, bytes are base64 without padding. ``orders``: handle, sealed lines,
    and for each line index, issue, standing (0 live, 1 unpaid, 2 void, 3 released) and a share for each issue.
    ``scans``: index, device, sequence, at, gate, verdict, told, overruled, undone.
    """
    must_be_bound(request, gate, performance)
    state = request.app.state
    content = await request.desk.read(
        manifest, gate, performance, cursor, state.keyring, request.now
    )
    if "gzip" not in header(request, b"accept-encoding"):
        return fresh(content)
    return Ready(200, await to_thread(packed, content), JSON_GZIP)


def packed(content: dict[str, Any]) -> bytes:
    """Sealed text has three quarters of its bits to tell: the fastest level gets them all."""
    return gzip.compress(msgspec.json.encode(content), 1, mtime=0)


def read_scan(
    gate: str, name: str, raw: Any, device: Known | None, lang: str, *, may_overrule: bool
) -> "Sent | ScanResult":
    """Return a scan, or what is wrong with it."""
    number = raw.get("sequence") if isinstance(raw, dict) else None
    sequence = number if isinstance(number, int) else None
    try:
        scan = msgspec.convert(raw, KeptScan)
        if device:
            device.must_be_bound(gate, scan.performance)
        attempt = Attempt(
            gate, scan.performance, scan.code, scan.nonce, moment(scan.at), scan.direction, name,
            scan.sequence,
        )  # fmt: skip
        reason = clean_text(scan.reason, "reason") if may_overrule else ""
        return Sent(attempt, scan.verdict, reason)
    except msgspec.ValidationError as error:
        return ScanResult(sequence, problem="bad-input", message=str(error))
    except Refused as refused:
        return ScanResult(sequence, problem=refused.type, message=refused.sentence(lang))


def told(taken: Taken | NotTaken, lang: str) -> ScanResult:
    if isinstance(taken, NotTaken):
        return ScanResult(
            taken.sequence, taken.nonce, problem=taken.refused.type,
            message=taken.refused.sentence(lang),
        )  # fmt: skip
    return ScanResult(taken.sequence, taken.nonce, taken.verdict, taken.said, utc(taken.at))


def conflict_told(conflict: Conflict, lang: str) -> ConflictTold:
    return ConflictTold(
        conflict.kind, conflict.short, label(conflict.seat, conflict.section, lang),
        entry_told(conflict.first, lang) if conflict.first else None,
        entry_told(conflict.second, lang),
    )  # fmt: skip


def entry_told(entry: Entry, lang: str) -> EntryTold:
    return EntryTold(
        utc(entry.at), entry.gate, say(entry.gate_label, lang), entry.device, entry.device_name
    )


def utc(at: int) -> str:
    return iso(at, "UTC")


handlers = [
    staff_api(tells_of_scans, take_batch),
    staff_api(at_gate(Role.USHER), show_manifest),
]
