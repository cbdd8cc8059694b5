"""The door over HTTP: tokens, sessions, answers, bad input; and its pages without a script."""

import re
from typing import Any

import pytest

from at_the_door import JSON, Door
from evening import GATE, Evening
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff, hash_password
from ticketing.foundation.clock import iso

PASSWORD = "河水慢慢流过南湖的夜晚 2026"


def wish(evening: Evening, text: str) -> JSON:
    return {"code": text, "nonce": "n-1", "performance": evening.performance.id, "direction": "in"}


def scan(door: Door, evening: Evening, text: str, **more: Any) -> Any:
    return door.post(f"/api/gates/{GATE}/scans", json=wish(evening, text) | more)


def test_a_scan_is_answered_as_the_contract_says(evening: Evening, door: Door) -> None:
    ticket = evening.ticket()
    answer = scan(door, evening, evening.code(ticket))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "verdict": "admitted", "message": "请进，北侧矮凳 1 号", "inside": 1, "capacity": 150,
        "admitted_at": iso(evening.clock.at, "Asia/Shanghai"),
        "ticket": {
            "number": ticket.short, "section": "stool", "section_name": "矮凳", "row": "north",
            "row_name": "北侧", "seat": "北侧矮凳 1 号", "kind": "stool",
        },
        "screen": {
            "sign": "yes", "head": "请进", "where": ["矮凳 1 号", "北侧"],
            "why": f"票号 {ticket.short[:4]} {ticket.short[4:]}",
        },
    }  # fmt: skip


def test_a_refusal_is_an_answer_too_in_the_readers_language(evening: Evening, door: Door) -> None:
    door.headers["accept-language"] = "en"
    answer = scan(door, evening, "nonsense")
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "invalid"
    assert answer.json()["screen"]["head"] == "Not valid"
    assert "ticket" not in answer.json()


def test_a_scan_sent_again_is_answered_alike(evening: Evening, door: Door) -> None:
    code = evening.code(evening.ticket())
    assert scan(door, evening, code).json() == scan(door, evening, code).json()
    assert evening.stored() == ["admitted"]


def test_a_scan_needs_somebody_who_works_here(evening: Evening, door: Door) -> None:
    door.headers["authorization"] = "Bearer wrong"
    answer = scan(door, evening, "anything")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert evening.stored() == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"nonce": ""}, 400),
        ({"nonce": "with space"}, 400),
        ({"nonce": None}, 400),
        ({"code": 7}, 400),
        ({"code": "x" * 2001}, 400),
        ({"at": "yesterday"}, 400),
        ({"at": "2026-05-23T14:41:07"}, 422),
        ({"direction": "sideways"}, 422),
        ({"performance": "nothing"}, 404),
        ({"surprise": 1}, 400),
    ],
)
def test_bad_input_is_refused_and_leaves_no_scan(
    evening: Evening, door: Door, change: JSON, status: int
) -> None:
    answer = scan(door, evening, "anything", **change)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert evening.stored() == []


def test_broken_json_and_an_unknown_gate_are_refused(evening: Evening, door: Door) -> None:
    path = f"/api/gates/{GATE}/scans"
    assert (
        door.post(
            path, content=b'{"code": ', headers={"content-type": "application/json"}
        ).status_code
        == 400
    )
    assert door.post("/api/gates/nowhere/scans", json=wish(evening, "x")).status_code == 404
    foreign = door.post("/api/gates/lakeside/scans", json=wish(evening, "x"))
    assert (foreign.status_code, foreign.json()["title"]) == (422, "gate of another hall")


def test_a_gate_may_ask_how_many_are_inside(evening: Evening, door: Door) -> None:
    scan(door, evening, evening.code(evening.ticket()))
    answer = door.get(f"/api/gates/{GATE}/count", params={"performance": evening.performance.id})
    assert answer.json() == {"inside": 1, "capacity": 150}


def test_the_description_has_examples(door: Door) -> None:
    described = door.get("/schema/openapi.json").json()["paths"]["/api/gates/{gate}/scans"]["post"]
    assert "nonce" in str(described["requestBody"]["content"]["application/json"])
    examples = described["responses"]["200"]["content"]["application/json"]["examples"]
    assert {each["value"]["verdict"] for each in examples.values()} == {"admitted", "invalid"}


def sign_in(evening: Evening, door: Door) -> None:
    """As a person does: without a token, by the entrance."""
    door.headers.pop("authorization")
    hashed = hash_password(PASSWORD)
    evening.world.desk.write_now(add_staff, "mei@nanhu.test", "梅", Role.USHER, hashed, by="test")
    door.post("/sign-in", data={"email": "mei@nanhu.test", "password": PASSWORD})


def hidden(html: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]


def test_the_door_asks_who_is_there(door: Door) -> None:
    door.headers.pop("authorization")
    answer = door.get("/door", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fdoor")


def test_the_performance_that_begins_next_comes_first(evening: Evening, door: Door) -> None:
    evening.clock.at = evening.performance.starts_at
    html = door.get("/door").text
    link = f'class="btn go" href="/door/{GATE}/{evening.performance.slug}"'
    assert link in html
    assert "正在验票" in html


def test_a_session_scans_with_its_csrf_token_only(evening: Evening, door: Door) -> None:
    sign_in(evening, door)
    code = evening.code(evening.ticket())
    assert scan(door, evening, code).status_code == 403
    html = door.get(f"/door/{GATE}/{evening.performance.slug}").text
    door.headers["x-csrftoken"] = hidden(html, "_csrf_token")
    assert scan(door, evening, code).json()["verdict"] == "admitted"


def test_a_number_typed_without_a_script_is_answered_by_a_page(
    evening: Evening, door: Door
) -> None:
    sign_in(evening, door)
    path = f"/door/{GATE}/{evening.performance.slug}"
    html = door.get(path).text
    form = {name: hidden(html, name) for name in ("_csrf_token", "nonce")}
    form["code"] = evening.ticket().short
    answers = [door.post(path, data=form).text for _ in range(2)]  # the second: a reload
    assert all("请进" in answer and "矮凳 1 号" in answer for answer in answers)
    assert evening.stored() == ["admitted"]


def test_the_list_names_seats_and_masks_people(evening: Evening, door: Door) -> None:
    ticket = evening.ticket()
    html = door.get(f"/door/{GATE}/{evening.performance.slug}/list").text
    assert f"{ticket.short[:4]} {ticket.short[4:]}" in html
    assert "陈*" in html
    assert "1234" in html
    assert "陈静" not in html
    assert "13800001234" not in html


@pytest.mark.parametrize("path", ["nowhere/{slug}", "main/nothing", "main/nothing/list"])
def test_other_doors_are_not_found(evening: Evening, door: Door, path: str) -> None:
    answer = door.get(f"/door/{path.format(slug=evening.performance.slug)}")
    assert answer.status_code == 404
