"""Phones at the door: paired once, bound to what they may do, heard of, shut out and wiped."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from at_the_door import JSON, Door, token
from evening import GATE, OTHER_GATE, Evening
from ticketing.accounts.models import Role
from ticketing.admission.devices.device import (
    PAIRED_WITHIN,
    PairingOver,
    make_pairing,
    revoke,
    take_up,
)
from ticketing.admission.models import Device
from ticketing.desk.diary import DiaryEntry
from ticketing.foundation.clock import MINUTE, iso
from ticketing.foundation.errors import BadInput


def pairing(evening: Evening, **more: Any) -> str:
    values = {"name": "gate A", "role": Role.USHER, "gates": [GATE], "performances": []} | more
    return evening.world.desk.write_now(make_pairing, *values.values(), by="staff:mei")


def paired(evening: Evening, door: Door, **more: Any) -> JSON:
    """Pair a phone and let it ask from now on."""
    answer = door.post("/api/devices/pairings", json={"secret": pairing(evening, **more)})
    assert answer.status_code == 201
    device: JSON = answer.json()
    door.headers["authorization"] = f"Bearer {device['token']}"
    return device


def scan(door: Door, evening: Evening, code: str, nonce: str, gate: str = GATE) -> Any:
    wish = {"code": code, "nonce": nonce, "performance": evening.performance.id}
    return door.post(f"/api/gates/{gate}/scans", json=wish)


def batch(evening: Evening, device: str, *scans: object, **more: Any) -> JSON:
    return {"device": device, "sent_at": iso(evening.clock.at, "UTC"), "scans": scans, **more}


def kept(evening: Evening, sequence: int, code: str, at: int, **more: Any) -> JSON:
    return {
        "sequence": sequence, "code": code, "nonce": f"kept-{sequence}", "at": iso(at, "UTC"),
        "performance": evening.performance.id, "direction": "in", **more,
    }  # fmt: skip


def row(evening: Evening, device: JSON) -> Any:
    return evening.world.ask(sa.select(Device.__table__).where(Device.id == device["id"])).one()


def test_a_pairing_is_taken_up_once(evening: Evening, door: Door) -> None:
    secret = pairing(evening)
    first, second = (door.post("/api/devices/pairings", json={"secret": secret}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["type"] == "/problems/pairing-over"
    assert first.json()["role"] == "usher"


def test_a_pairing_ends_after_half_an_hour_and_a_wrong_one_is_none(evening: Evening) -> None:
    secret = pairing(evening)
    evening.clock.forward(PAIRED_WITHIN + 1)
    for wrong in (secret, "none"):
        with pytest.raises(PairingOver):
            evening.world.desk.write_now(take_up, wrong, by="pairing")


def test_a_pairing_that_was_shut_out_pairs_nobody(evening: Evening) -> None:
    secret = pairing(evening)
    (device_id,) = evening.world.ask(sa.select(Device.id)).one()
    evening.world.desk.write_now(revoke, device_id, wipe=False, by="staff:mei")
    with pytest.raises(PairingOver):
        evening.world.desk.write_now(take_up, secret, by="pairing")


def test_a_phone_at_a_door_is_no_box_office(evening: Evening) -> None:
    with pytest.raises(BadInput):
        pairing(evening, role=Role.BOX_OFFICE)


def test_a_device_is_bound_to_its_gates_and_performances(evening: Evening, door: Door) -> None:
    paired(evening, door)
    code = evening.code(evening.ticket())
    refused = scan(door, evening, code, "a", OTHER_GATE)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-this-device")
    assert scan(door, evening, code, "b").json()["verdict"] == "admitted"
    path, query = f"/api/gates/{OTHER_GATE}/manifest", {"performance": evening.performance.id}
    assert door.get(path, params=query).status_code == 403
    paired(evening, door, performances=[evening.world.lawn])
    assert scan(door, evening, code, "c").status_code == 403
    assert door.get("/api/devices/self").json()["choices"] == []


def test_a_device_is_told_where_it_may_stand(evening: Evening, door: Door) -> None:
    device = paired(evening, door)
    told = door.get("/api/devices/self").json()
    assert (told["id"], told["role"], told["now"]) == (device["id"], "usher", evening.clock.at)
    choice = next(each for each in told["choices"] if each["performance"] == evening.performance.id)
    assert [gate["name"] for gate in choice["gates"]] == [GATE]
    assert choice["number"] == evening.performance.number


def test_an_usher_makes_a_device_of_the_own_phone_but_no_more(evening: Evening, door: Door) -> None:
    for role, made in ((Role.USHER, "usher"), (Role.ORGANISER, "supervisor")):
        door.headers["authorization"] = f"Bearer {token(evening, role)}"
        answer = door.post("/api/devices", json={"name": "Android, Chrome"})
        assert (answer.status_code, answer.json()["role"]) == (201, made)


def test_a_batch_says_how_the_device_is(evening: Evening, door: Door) -> None:
    device = paired(evening, door)
    at = evening.clock.at
    code = evening.code(evening.ticket())
    poison = {"sequence": 2, "code": 7}
    sent = batch(
        evening, device["id"], kept(evening, 1, code, at), poison, "nothing", unsent=4, battery=31
    )
    answer = door.post(f"/api/gates/{GATE}/scan-batches", json=sent).json()
    good, bad, worse = answer["results"]
    assert (good["verdict"], good["said"], good["at"]) == ("admitted", "admitted", iso(at, "UTC"))
    assert (bad["sequence"], bad["problem"]) == (2, "bad-input")
    assert worse["sequence"] is None
    assert answer["conflicts"] == []
    found = row(evening, device)
    assert (found.seen_at, found.unsent, found.battery, found.skew) == (at, 4, 31, 0)


def test_a_batch_names_its_own_device_only(evening: Evening, door: Door) -> None:
    paired(evening, door)
    answer = door.post(f"/api/gates/{GATE}/scan-batches", json=batch(evening, "another"))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"device": ""}, 400), ({"sent_at": "yesterday"}, 400), ({"sent_at": 0}, 400),
        ({"scans": "none"}, 400),
        ({"scans": [{}] * 501}, 400), ({"battery": 101}, 400), ({"sent_at": "2026-05-23T14:00:00"}, 422),
    ],
)  # fmt: skip
def test_a_batch_that_is_none_is_refused(
    evening: Evening, door: Door, change: JSON, status: int
) -> None:
    sent = batch(evening, "tablet") | change
    assert door.post(f"/api/gates/{GATE}/scan-batches", json=sent).status_code == status


def test_two_programs_without_pairing_meet_in_a_conflict(evening: Evening, door: Door) -> None:
    code, at = evening.code(evening.ticket()), evening.clock.at
    evening.clock.forward(30 * MINUTE)
    answers = []
    for device, gate, minutes in (("east", GATE, 0), ("west", OTHER_GATE, 5)):
        one = kept(evening, 1, code, at + minutes * MINUTE) | {"nonce": device}
        answers.append(
            door.post(f"/api/gates/{gate}/scan-batches", json=batch(evening, device, one))
        )
    first, second = (answer.json() for answer in answers)
    assert (first["results"][0]["verdict"], first["conflicts"]) == ("admitted", [])
    assert second["results"][0]["verdict"] == "already_admitted"
    (conflict,) = second["conflicts"]
    assert (conflict["kind"], conflict["seat"]) == ("twice", "北侧矮凳 1 号")
    assert (conflict["first"]["device"], conflict["second"]["gate_name"]) == ("east", "门 B")


def test_a_device_that_was_shut_out_tells_what_it_did_before_and_no_more(
    evening: Evening, door: Door
) -> None:
    device = paired(evening, door)
    codes = [evening.code(evening.ticket()) for _ in range(2)]
    before = evening.clock.at
    evening.clock.forward(MINUTE)
    evening.world.desk.write_now(revoke, device["id"], wipe=True, by="staff:mei")
    evening.clock.forward(MINUTE)
    refused = scan(door, evening, codes[0], "a")
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/device-revoked")
    assert refused.json()["wipe"] is True
    for path in (f"/api/gates/{GATE}/manifest", "/api/devices/self"):
        assert door.get(path, params={"performance": evening.performance.id}).status_code == 401
    sent = batch(
        evening, device["id"], kept(evening, 1, codes[0], before, verdict="admitted"),
        kept(evening, 2, codes[1], evening.clock.at, verdict="admitted"),
    )  # fmt: skip
    answer = door.post(f"/api/gates/{GATE}/scan-batches", json=sent)
    assert [each["verdict"] for each in answer.json()["results"]] == ["admitted", "unknown"]
    assert door.delete("/api/devices/self").status_code == 204
    assert row(evening, device).wiped_at == evening.clock.at


def test_a_device_that_still_works_forgets_nothing(evening: Evening, door: Door) -> None:
    device = paired(evening, door)
    assert door.delete("/api/devices/self").status_code == 204
    assert row(evening, device).wiped_at is None


def test_a_wrong_token_is_no_device(door: Door) -> None:
    door.headers["authorization"] = "Bearer wrong"
    for answer in (door.delete("/api/devices/self"), door.get("/api/devices/self")):
        assert answer.json()["type"] == "/problems/sign-in-needed"


def test_the_office_pairs_shows_and_shuts_out(evening: Evening, door: Door) -> None:
    door.headers["authorization"] = f"Bearer {token(evening, Role.ORGANISER)}"
    form = {"name": "门 A 小林", "role": "usher", "gates": GATE}
    html = door.post("/office/devices", data=form).text
    secret = re.search(r"/door/app#pair=([a-z2-7]+)", html)
    assert secret
    assert "等待扫码" in door.get("/office/devices").text
    door.post("/api/devices/pairings", json={"secret": secret[1]})
    assert "已配对" in door.get("/office/devices").text
    assert secret[1] not in door.get("/office/devices").text
    (device_id,) = evening.world.ask(sa.select(Device.id)).one()
    for _ in range(2):
        door.post(f"/office/devices/{device_id}/revocation", data={"wipe": "yes"})
    assert "下次联网时清除" in door.get("/office/devices").text
    verbs = evening.world.ask(sa.select(DiaryEntry.verb).where(DiaryEntry.subject == device_id))
    assert sorted(verbs.scalars()) == [
        "device.made",
        "device.paired",
        "device.revoked",
        "device.wipe",
    ]


@pytest.mark.parametrize(
    "form",
    [{"name": ""}, {"name": "x" * 61}, {"role": "admin"}, {"role": ""}, {"gates": "nowhere"}],
)
def test_a_wrong_form_pairs_nobody(evening: Evening, door: Door, form: JSON) -> None:
    door.headers["authorization"] = f"Bearer {token(evening, Role.ORGANISER)}"
    answer = door.post("/office/devices", data={"name": "a", "role": "usher"} | form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert evening.world.ask(sa.select(Device.id)).all() == []


def test_only_the_organiser_pairs(evening: Evening, door: Door) -> None:
    door.headers["authorization"] = f"Bearer {token(evening, Role.BOX_OFFICE)}"
    assert door.get("/office/devices").status_code == 403


@pytest.mark.parametrize(("role", "conflicts"), [(Role.USHER, 1), (Role.SUPERVISOR, 0)])
def test_only_a_supervisors_reason_overrules(
    evening: Evening, door: Door, role: Role, conflicts: int
) -> None:
    device = paired(evening, door, role=role)
    code, at = evening.code(evening.ticket()), evening.clock.at
    evening.clock.forward(MINUTE)
    scans = [
        kept(evening, 1, code, at, verdict="admitted"),
        kept(evening, 2, code, at + 1000, verdict="admitted", reason="came by the fire door"),
    ]
    answer = door.post(f"/api/gates/{GATE}/scan-batches", json=batch(evening, device["id"], *scans))
    assert len(answer.json()["conflicts"]) == conflicts
    noted = evening.world.ask(sa.select(DiaryEntry.verb).where(DiaryEntry.verb == "ticket.let_in"))
    assert len(list(noted)) == 1 - conflicts
