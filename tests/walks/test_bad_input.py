"""Bad input gets a clear sentence in the reader's language, changes nothing, and logs no person."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from clients import JSON, Buyer
from servers import Server

LONG = "x" * 1_000_000


@dataclass
class Hall:
    """A performance on sale, a seat of it, and a seat of another hall."""

    http: httpx.Client
    performance: str
    seat: str
    foreign: str

    def state(self) -> JSON:
        found: JSON = self.http.get(f"/api/performances/{self.performance}/availability").json()
        return found


@pytest.fixture(scope="module")
def hall(server: Server) -> Iterator[Hall]:
    buyer = Buyer(server.url)
    here, lawn = buyer.performance("shuimen-again-")["id"], buyer.performance("hushang-")["id"]
    taken = buyer.get(f"/api/performances/{here}/availability")
    free = [s["id"] for s in buyer.plan(here)["seats"] if s["id"] not in taken["sold"]]
    yield Hall(buyer.http, here, free[0], buyer.plan(lawn)["seats"][0]["id"])
    buyer.http.close()


def refused(answer: httpx.Response, *statuses: int) -> JSON:
    """Check that the answer is a problem with a sentence, and return it."""
    assert answer.status_code in statuses, answer.text[:300]
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem: JSON = answer.json()
    assert problem["type"].startswith("/problems/")
    assert len(problem["detail"]) > 5
    return problem


HOLDS: dict[str, Any] = {
    "no seats": {"seats": []},
    "a seat twice": lambda h: {"seats": [h.seat, h.seat]},
    "a seat of another performance": lambda h: {"seats": [h.seat, h.foreign]},
    "an unknown seat": {"seats": ["nope"]},
    "a thousand seats": {"seats": [str(n) for n in range(1000)]},
    "a price from the client": lambda h: {"seats": [h.seat], "price": 1},
    "a number for a list": {"seats": 7},
    "a negative quantity": {"best": {"quantity": -1}},
    "nothing at all": {},
    "both ways at once": lambda h: {"seats": [h.seat], "best": {"quantity": 1}},
    "no such section": {"best": {"quantity": 1, "section": "balcony"}},
    "control characters": {"seats": ["a\x00b\x1f"]},
    "a lone surrogate": {"seats": ["\ud800"]},
}


@pytest.mark.parametrize("wish", HOLDS.values(), ids=HOLDS.keys())
def test_an_odd_hold_is_refused_and_changes_nothing(hall: Hall, wish: Any) -> None:
    before = hall.state()
    body = json.dumps(wish(hall) if callable(wish) else wish)
    answer = hall.http.post(
        f"/api/performances/{hall.performance}/holds", content=body, headers=AS_JSON
    )
    refused(answer, 400, 422)
    assert hall.state() == before


AS_JSON = {"content-type": "application/json"}
RAW = {
    "broken JSON": b'{"seats": [',
    "no text": b'{"seats": ["\xff\xfe"]}',
    "a megabyte": json.dumps({"seats": [LONG]}).encode(),
    "deep nesting": b'{"seats": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "nothing": b"",
}


@pytest.mark.parametrize("body", RAW.values(), ids=RAW.keys())
def test_what_is_no_request_is_refused(hall: Hall, body: bytes) -> None:
    answer = hall.http.post(
        f"/api/performances/{hall.performance}/holds", content=body, headers=AS_JSON
    )
    refused(answer, 400, 413, 422)


UNKNOWN = [
    "/api/performances/nope",
    "/api/performances/nope/plan",
    "/api/performances/nope/availability",
    "/api/orders/nope",
    "/api/tickets/nope",
    "/api/orders/%00",
    "/api/performances/%F0%9F%8E%AD",
]


@pytest.mark.parametrize("path", UNKNOWN)
def test_what_is_not_there_is_not_found(hall: Hall, path: str) -> None:
    refused(hall.http.get(path), 400 if "%00" in path else 404, 404)


@pytest.mark.parametrize(
    "path", ["/nope", "/performances/nope", "/orders/nope", "/tickets/nope", "/checkout/nope"]
)
def test_a_page_that_is_not_there_says_so_in_both_languages(hall: Hall, path: str) -> None:
    chinese, english = hall.http.get(path), hall.http.get(f"/en{path}")
    assert (chinese.status_code, english.status_code) == (404, 404)
    assert "找不到" in chinese.text
    assert "There is nothing here" in english.text


def order(hall: Hall, token: str, **changes: Any) -> httpx.Response:
    body = {
        "hold": token, "buyer": {"email": "a@example.com"}, "gateway": "play",
        "lines": [{"seat": hall.seat, "ticket_type": "funded"}],
    }  # fmt: skip
    return hall.http.post("/api/orders", json=body | changes)


ORDERS: dict[str, Any] = {
    "a foreign hold": {"hold": "a" * 32},
    "no such gateway": {"gateway": "gold"},
    "free for money": {"gateway": "free"},
    "a negative total": {"expected_total": {"amount": -1, "currency": "CNY"}},
    "a total in text": {"expected_total": {"amount": "12000", "currency": "CNY"}},
    "another total": {"expected_total": {"amount": 1, "currency": "CNY"}},
    "no such ticket type": lambda h: {"lines": [{"seat": h.seat, "ticket_type": "gold"}]},
    "a price in a line": lambda h: {
        "lines": [{"seat": h.seat, "ticket_type": "funded", "paid": 1}]
    },
    "no lines": {"lines": []},
    "a bad phone": {"buyer": {"phone": "123"}},
    "a bad mail address": {"buyer": {"email": "a@b\r\nBcc: c@d.example"}},
    "no contact": {"buyer": {}},
    "a name with control characters": {"buyer": {"email": "a@example.com", "name": "a\x07b"}},
    "a name of a megabyte": {"buyer": {"email": "a@example.com", "name": "x" * 100_000}},
}


@pytest.mark.parametrize("changes", ORDERS.values(), ids=ORDERS.keys())
def test_an_odd_order_is_refused_and_the_hold_stays(hall: Hall, changes: Any) -> None:
    held = hall.http.post(
        f"/api/performances/{hall.performance}/holds", json={"seats": [hall.seat]}
    )
    token = held.json()["token"]
    before = hall.state()
    try:
        refused(
            order(hall, token, **(changes(hall) if callable(changes) else changes)),
            400,
            404,
            409,
            413,
            422,
        )
        assert hall.state() == before
    finally:
        hall.http.delete(f"/api/holds/{token}")


def test_a_program_is_told_in_its_language(hall: Hall) -> None:
    path = f"/api/performances/{hall.performance}/holds"
    english = hall.http.post(path, json={"seats": []}, headers={"accept-language": "en-GB"})
    chinese = hall.http.post(path, json={"seats": []}, headers={"accept-language": "zh-CN"})
    assert refused(english, 422)["detail"] == "Please choose at least one seat."
    assert refused(chinese, 422)["detail"] == "请至少选一个座位。"


def test_a_past_performance_and_one_not_yet_on_sale_are_refused(server: Server) -> None:
    buyer = Buyer(server.url)
    for slug, problem in (("tiandishu-2026", "sale-closed"), ("tiandishu-soon-", "sale-not-open")):
        performance = buyer.performance(slug)["id"]
        answer = buyer.http.post(
            f"/api/performances/{performance}/holds", json={"best": {"quantity": 1}}
        )
        assert refused(answer, 409)["type"] == f"/problems/{problem}"


def test_another_site_cannot_post(hall: Hall) -> None:
    path = f"/api/performances/{hall.performance}/holds"
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        refused(hall.http.post(path, json={"seats": [hall.seat]}, headers=headers), 403)


def test_behind_a_proxy_the_house_is_known_by_its_own_address(hall: Hall, server: Server) -> None:
    """A proxy asks by a name of its own; the browser names the address that it sees."""
    path = f"/api/performances/{hall.performance}/holds"
    inside = {"host": "box_office_upstream"}
    for own in (server.url, server.url.upper().replace("HTTP", "http")):
        answer = hall.http.post(
            path, json={"best": {"quantity": 1}}, headers=inside | {"origin": own}
        )
        assert answer.status_code == 201
        token = answer.json()["token"]
        assert hall.http.delete(f"/api/holds/{token}", headers=inside | {"origin": own}).is_success
    evil = {"origin": "https://evil.example", "x-forwarded-host": "evil.example"}
    refused(hall.http.post(path, json={"best": {"quantity": 1}}, headers=inside | evil), 403)


@pytest.mark.parametrize(
    "path", ["/orders", "/en/orders/nowhere", "/tickets/nowhere", "/office", "/en/door/app"]
)
def test_no_search_engine_lists_what_is_personal(path: str, server: Server) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as stranger:
        assert stranger.get(path).headers["x-robots-tag"] == "noindex"
        assert "x-robots-tag" not in stranger.get("/en").headers
        assert "Disallow: /office\n" in stranger.get("/robots.txt").text


def test_the_log_names_no_person_and_no_secret(server: Server, hall: Hall) -> None:
    order(hall, "secret-token-value", buyer={"email": "person@private.example"})
    hall.http.get("/api/orders/secret-link-value")
    (log,) = server.folder.glob("server-*.log")
    text = log.read_text()
    assert "private.example" not in text
    assert "secret-" not in text
