"""The schema tells a stranger everything: what to send, an example of it, and each refusal."""

from typing import Any

import pytest

from ticketing.app import create_app
from ticketing.config import Settings

SCHEMA: dict[str, Any] = create_app(Settings()).app.app.openapi_schema.to_schema()  # type: ignore[attr-defined]
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, item in SCHEMA["paths"].items()
    for method, operation in item.items()
    if path.startswith("/api/") and method in ("get", "post", "patch", "delete")
}


def test_the_contract_is_there() -> None:
    assert {
        "GET /api/performances",
        "GET /api/performances/{performance_id}",
        "GET /api/performances/{performance_id}/plan",
        "GET /api/performances/{performance_id}/availability",
        "GET /api/performances/{performance_id}/availability/stream",
        "POST /api/performances/{performance_id}/holds",
        "PATCH /api/holds/{token}",
        "POST /api/holds/{token}/renewals",
        "DELETE /api/holds/{token}",
        "POST /api/orders",
        "GET /api/orders/{secret}",
        "POST /api/orders/{secret}/mails",
        "GET /api/tickets/{secret}",
        "POST /api/gates/{gate}/scans",
        "GET /api/reports/sales",
    } <= set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_does_and_how_it_refuses(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.get("description")
    refusals = {code: r for code, r in operation["responses"].items() if code[0] == "4"}
    if name != "GET /api/performances":
        assert refusals
    assert all("application/problem+json" in r["content"] for r in refusals.values())


@pytest.mark.parametrize("name", [name for name in OPERATIONS if "requestBody" in OPERATIONS[name]])
def test_a_body_is_shown_by_an_example(name: str) -> None:
    (content,) = OPERATIONS[name]["requestBody"]["content"].values()
    assert content["schema"].get("examples")


def test_a_stream_is_told_as_the_text_it_is() -> None:
    """Who reads it by the schema has a text of many lines, no object."""
    answers = [r for o in OPERATIONS.values() for r in o["responses"].values()]
    streams = [
        r["content"]["text/event-stream"]
        for r in answers
        if "text/event-stream" in r.get("content", {})
    ]
    assert streams
    assert all(stream["schema"]["type"] == "string" for stream in streams)
