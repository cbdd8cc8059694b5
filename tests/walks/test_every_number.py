"""What a client may say in JSON and in an address: numbers without end, times of other ages, other kinds.

Each leaf of each body that the OpenAPI file shows, each word of each query; then the pages of that night.
"""

import json
import time
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from nights import GATES, Night
from office import csrf
from whole_house import House

STATE = "doors-open"
ODD: list[Any] = [
    2**63, 2**64, -(2**70), 1e308, 0.5, 0, -1, True, None, [], {}, "", "\ud800", "x" * 3000, "１",
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z",
]  # fmt: skip
WORDS = [
    "-1",
    str(2**64),
    "1e400",
    "nan",
    "%00",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "x" * 3000,
    "🎭",
]
MOST_BYTES, MOST_SECONDS = 200_000, 5.0  # of a page, however loaded the machine
numbers = count()


def leaves(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = (
        body.items()
        if isinstance(body, dict)
        else enumerate(body)
        if isinstance(body, list)
        else ()
    )
    yield path
    for key, value in inside:
        yield from leaves(value, (*path, key))


def changed(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = deepcopy(body)
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy


def bodies(house: House, night: Night) -> Iterator[tuple[str, str, Any]]:
    """Yield (method, address, body) of what the file shows, with what is really there."""
    own = house.own(night)
    there = {
        "performance": night.row.id, "hold": (own["token"] or [""])[0], "seat": own["seat"][0],
        "code": own["short"][0], "seats": own["seat"], "lines": own["seat"], "add": own["seat"],
    }  # fmt: skip
    paths = house.app.openapi_schema.to_schema()["paths"]
    for route, methods in paths.items():
        for method, operation in methods.items():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for body in content["schema"]["examples"]:
                    yield method, address(route, own), real(body, there)


def real(body: Any, there: dict[str, Any]) -> Any:
    if isinstance(body, list):
        return [real(each, there) for each in body]
    if not isinstance(body, dict):
        return body
    return {
        key: there[key] if key in there and not isinstance(value, dict)
        and not (isinstance(value, list) and isinstance(value[0], dict)) else real(value, there)
        for key, value in body.items()
    }  # fmt: skip


def address(route: str, own: dict[str, list[str]]) -> str:
    secret = own["ticket"][0] if "/tickets/" in route else own["order"][0]
    known = {name: (its or ["nope"])[0] for name, its in own.items()} | {"secret": secret}
    return route.format_map(known)


def fresh(body: Any) -> Any:
    """Give each scan a name of its own, or it would be one that was heard before."""
    if isinstance(body, list):
        return [fresh(each) for each in body]
    if isinstance(body, dict):
        return {k: f"odd-{next(numbers)}" if k == "nonce" else fresh(v) for k, v in body.items()}
    return body


def test_no_value_of_any_body_breaks_us_or_the_evening(house: House) -> None:
    night, token, wrong, sent = house.nights[STATE], csrf(house.client)["_csrf_token"], [], 0
    for method, path, body in bodies(house, night):
        for leaf in leaves(body):
            for odd in ODD:
                given = changed(fresh(body), leaf, odd)
                answer = house.client.request(
                    method, path, content=json.dumps(given),
                    headers={"x-csrftoken": token, "content-type": "application/json"},
                )  # fmt: skip
                sent += 1
                if answer.status_code >= 500:
                    wrong.append(f"{method} {path} {leaf} {odd!r:.40}: {house.broken}")
                house.broken.clear()
    print(f"{sent} bodies")
    assert wrong == [], "\n".join(wrong)
    assert quick_pages(house, night) == []


def quick_pages(house: House, night: Night) -> list[str]:
    """Return the pages of this night that are too large or too slow."""
    wrong = []
    for path, _, whole in house.addresses("GET", night):
        if whole and night.row.slug in path:
            began = time.monotonic()
            size = len(house.client.get(path).content)
            if size > MOST_BYTES or time.monotonic() - began > MOST_SECONDS:
                wrong.append(f"{path}: {size} bytes, {time.monotonic() - began:.1f} s")
    return wrong


def queries(house: House) -> Iterator[tuple[str, str]]:
    """Yield (route, name) of everything that may stand behind the ? of an address."""
    for route in house.app.routes:
        if isinstance(route, HTTPRoute) and (found := route.route_handler_map.get("GET")):
            for name in found[0].parsed_fn_signature.parameters:
                if f"{{{name}:" not in route.path and name != "request":
                    yield route.path, {"from_": "from", "to_": "to"}.get(name, name)


def test_no_word_of_any_query_breaks_us(house: House) -> None:
    night, wrong = house.nights[STATE], []
    asked = dict[str, list[str]]()
    for route, name in queries(house):
        asked.setdefault(route, []).append(name)
    for path, route, whole in house.addresses("GET", night):
        for name in asked.get(route, []) if whole else []:
            for word in WORDS:
                answer = house.client.get(path, params={name: word})
                if answer.status_code >= 500:
                    wrong.append(f"{path}?{name}={word:.20}: {house.broken}")
                house.broken.clear()
    assert "section" in asked["/office/performances/{slug:str}"]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("year", ["0001", "1970", "2025", "9999"])
def test_a_phone_of_another_age_is_heard_and_changes_no_page(house: House, year: str) -> None:
    """The scan is a fact; the chart shows its evening, and says in words who came at another time."""
    night = house.nights["running"]
    own = house.own(night)
    body = {"device": f"phone-{year}", "sent_at": f"{house.now}", "scans": [{
        "sequence": 1, "code": own["short"][-1], "nonce": f"age-{year}", "performance": night.row.id,
        "at": f"{year}-05-23T14:41:07+08:00", "verdict": "admitted",
    }]}  # fmt: skip
    path, token = f"/api/gates/{GATES[night.hall]}/scan-batches", csrf(house.client)["_csrf_token"]
    answer = house.client.post(path, json=body, headers={"x-csrftoken": token})
    assert answer.status_code == 200
    assert answer.json()["results"][0]["said"] == "admitted"
    assert quick_pages(house, night) == []
    page = house.client.get(f"/en/office/performances/{night.row.slug}").text
    assert year == "9999" or "the clock of their" in page  # that one is now, for us
