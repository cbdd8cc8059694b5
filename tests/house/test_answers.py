"""Every refusal is the one that the schema tells: its status, its media type, and what it carries."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from litestar.testing import TestClient

import databases
from house.test_openapi import SCHEMA
from stage import SECRET_KEY, fill
from ticketing.accounts.models import Role
from ticketing.accounts.tokens import create_token
from ticketing.app import create_app
from ticketing.config import Settings
from ticketing.desk.desk import open_desk

OPERATIONS = [
    (method, path, operation)
    for path, item in SCHEMA["paths"].items()
    for method, operation in item.items()
    if "stream" not in path and path != "/health/ready"
]
BODIES = (
    None,
    b"",
    b"{",
    b"[]",
    b"{}",
    b'{"seats": 1}',
    b'{"sent_at": 0, "device": "x", "scans": []}',
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('answers')}/house.db"
    databases.make_tables(url)
    fill(url)
    return url


@pytest.fixture(scope="module")
def client(house: str) -> Iterator[TestClient[Any]]:
    with closing(open_desk(house)) as desk:
        token = desk.write_now(create_token, "all", Role.ADMIN, by="test")
    with TestClient(create_app(Settings(database_url=house, secret_key=SECRET_KEY))) as client:
        client.headers["authorization"] = f"Bearer {token}"
        yield client


def differs(answer: httpx.Response, operation: dict[str, Any]) -> str:
    """Say where an answer is not what the schema tells, "" where it is."""
    told = operation["responses"].get(str(answer.status_code))
    if told is None:
        return f"{answer.status_code} is not told"
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code < 300 or not told.get("content"):
        return ""
    if kind not in told["content"]:
        return f"{answer.status_code} is {kind}, told is {list(told['content'])}"
    return fits(answer.json(), told["content"][kind]["schema"])


def fits(value: Any, schema: dict[str, Any]) -> str:
    rule = Draft202012Validator(schema | {"components": SCHEMA["components"]})
    return "; ".join(error.message for error in rule.iter_errors(value))


@pytest.mark.parametrize("known", [True, False], ids=["signed in", "a stranger"])
def test_what_is_not_there_or_not_understood_is_answered_as_told(
    client: TestClient[Any], known: bool
) -> None:
    wrong = []
    for method, path, operation in OPERATIONS:
        at = re.sub(r"\{[^}]+\}", "nothing-such", path)
        for body in BODIES if method in ("post", "patch", "put") else (None,):
            headers = {"content-type": "application/json"} | (
                {} if known else {"authorization": ""}
            )
            answer = client.request(method.upper(), at, content=body, headers=headers)
            if why := differs(answer, operation):
                wrong.append(f"{method.upper()} {path} {body!r}: {why}")
    assert wrong == []


def test_a_sale_that_is_over_is_refused_as_told(client: TestClient[Any], house: str) -> None:
    path = "/api/performances/{performance_id}/holds"
    played = "SELECT id FROM performance WHERE slug = 'tiandishu-2026-05-23'"
    over = str(databases.scalar(house, played))
    wish = {"best": {"quantity": 1}}
    answer = client.post(path.replace("{performance_id}", over), json=wish)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/sale-closed")
    assert differs(answer, SCHEMA["paths"][path]["post"]) == ""
