"""Every route and whom it opens to. A new route is a new line here, on purpose."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Router, WebSocket, asgi, get, websocket
from litestar.handlers import BaseRouteHandler
from litestar.testing import TestClient
from litestar.types import Receive, Scope, Send

import databases
import ticketing.app
from ticketing.accounts.models import Role
from ticketing.accounts.tokens import create_token
from ticketing.app import create_app
from ticketing.config import Settings
from ticketing.desk.desk import open_desk
from ticketing.web.guards import public, refuse_unguarded, routes

ANYBODY = "nobody in particular"
DOORS = {
    ANYBODY: """
        GET    /
        DELETE /api/holds/{token:str}
        GET    /api/holds/{token:str}
        PATCH  /api/holds/{token:str}
        POST   /api/devices/pairings
        GET    /door-worker.js
        GET    /ticket-worker.js
        GET    /tickets/{secret:str}/rotation
        GET    /door.webmanifest
        GET    /door/app
        POST   /api/holds/{token:str}/renewals
        POST   /api/orders
        GET    /api/orders/{secret:str}
        POST   /api/orders/{secret:str}/mails
        POST   /api/orders/{secret:str}/refunds
        GET    /api/performances
        GET    /api/performances/{performance_id:str}
        GET    /api/performances/{performance_id:str}/availability
        GET    /api/performances/{performance_id:str}/availability/stream
        POST   /api/performances/{performance_id:str}/holds
        GET    /api/performances/{performance_id:str}/plan
        GET    /api/tickets/{secret:str}
        GET    /checkout/{token:str}
        POST   /checkout/{token:str}
        GET    /first-run
        POST   /first-run
        GET    /health/live
        GET    /health/ready
        POST   /holds/{token:str}/renewals
        GET    /orders
        GET    /orders/{secret:str}
        POST   /orders/{secret:str}/mails
        POST   /orders/{secret:str}/payments
        GET    /orders/{secret:str}/invoice
        POST   /orders/{secret:str}/invoice
        GET    /orders/{secret:str}/return
        POST   /orders/{secret:str}/return
        POST   /orders/{secret:str}/release
        GET    /payments/play/{payment_id:str}
        POST   /payments/play/{payment_id:str}
        POST   /payments/{gateway:str}/events
        GET    /payments/{gateway:str}/{payment_id:str}
        GET    /payments/{gateway:str}/{payment_id:str}/return
        GET    /performances/{slug:str}
        GET    /performances/{slug:str}/calendar.ics
        POST   /performances/{slug:str}/holds
        GET    /performances/{slug:str}/seats
        GET    /plans/{plan_id:str}/seats/{seat_id:str}/view.svg
        GET    /posters/{name:str}
        GET    /robots.txt
        GET    /schema
        GET    /schema/openapi.json
        GET    /schema/{path:str}
        GET    /sign-in
        POST   /sign-in
        GET    /static/icon.svg
        GET    /static/{path:path}
        GET    /terms
        GET    /tickets/{secret:str}
        GET    /tickets/{secret:str}/code.png
    """,
    "this machine, or the metrics token": """
        GET    /metrics
    """,
    "usher or higher, or a device": """
        GET    /api/devices/self
        GET    /api/gates/{gate:str}/count
        GET    /api/gates/{gate:str}/manifest
        POST   /api/gates/{gate:str}/scans
    """,
    "usher or higher, or a device, shut out or not": """
        POST   /api/gates/{gate:str}/scan-batches
    """,
    "a device, shut out or not": """
        DELETE /api/devices/self
    """,
    "supervisor or higher, or a device": """
        GET    /api/gates/{gate:str}/guests
        GET    /api/gates/{gate:str}/tickets
        POST   /api/gates/{gate:str}/overrides
        POST   /api/gates/{gate:str}/undos
    """,
    "usher or higher": """
        POST   /api/devices
        GET    /door
        GET    /door/{gate:str}/{slug:str}
        POST   /door/{gate:str}/{slug:str}
        GET    /door/{gate:str}/{slug:str}/list
        POST   /sign-out
    """,
    "box_office or higher": """
        POST   /office/performances/{slug:str}/releases
        GET    /office
        GET    /office/letters
        GET    /office/letters/{letter_id:str}
        POST   /office/letters/{letter_id:str}/sending
        GET    /office/orders
        GET    /office/orders/{number:str}
        GET    /office/performances/{slug:str}
        GET    /office/drawers
        POST   /office/drawers
        GET    /office/drawers.csv
        POST   /office/drawers/{drawer:str}/closing
        POST   /office/orders/{number:str}/payment
        GET    /office/orders/{number:str}/cancellation
        POST   /office/orders/{number:str}/cancellation
        POST   /office/orders/{number:str}/contact
        GET    /office/performances/{slug:str}/allocations
        GET    /office/performances/{slug:str}/comps
        POST   /office/performances/{slug:str}/comps
        GET    /office/performances/{slug:str}/counter
        POST   /office/performances/{slug:str}/sales
    """,
    "supervisor or higher": """
        GET    /office/performances/{slug:str}/house
    """,
    "box_office or higher, organiser or higher": """
        POST   /office/performances/{slug:str}/allocations
    """,
    "organiser or higher": """
        POST   /office/performances/{slug:str}/house/rules
        GET    /office/devices
        POST   /office/devices
        POST   /office/devices/{device:str}/revocation
        GET    /api/reports/sales
        POST   /office/drawers/{drawer:str}/correction
        POST   /office/gateways/{name:str}
        GET    /office/invoices
        GET    /office/invoices.csv
        POST   /office/invoices/{order_id:str}
        GET    /office/payouts
        POST   /office/payouts/{refund_id:str}
        GET    /office/performances/{slug:str}/changes
        POST   /office/performances/{slug:str}/changes
        GET    /office/reconciliation
        POST   /office/reconciliation
        POST   /office/performances/{slug:str}/allocations/{allocation:str}/release
        POST   /office/performances/{slug:str}/allocations/{allocation:str}/time
        POST   /office/performances/{slug:str}/pause
        POST   /office/performances/{slug:str}/resumption
        GET    /office/codes
        POST   /office/codes
        POST   /office/codes/{code:str}/closing
        POST   /office/performances/{slug:str}/returns
        GET    /office/performances/{slug:str}/prices
        POST   /office/performances/{slug:str}/prices
        GET    /office/funders
        GET    /office/funders.csv
        GET    /office/funders.xlsx
        GET    /office/performances/{slug:str}/settlement
        POST   /office/performances/{slug:str}/settlement
        GET    /office/performances/{slug:str}/settlement.csv
        GET    /office/performances/{slug:str}/settlement.xlsx
        GET    /office/settlements
        GET    /office/performances/{slug:str}/sales.csv
    """,
}


def test_every_route_demands_what_this_table_says() -> None:
    table = {
        (*line.split(), who) for who, lines in DOORS.items() for line in lines.strip().splitlines()
    }
    app = create_app(Settings())
    assert set(routes(app.app.app)) == table  # type: ignore[attr-defined]


@get("/bare")
async def bare() -> None: ...


@websocket("/bare")
async def bare_socket(socket: WebSocket[Any, Any, Any]) -> None: ...


@asgi("/bare", is_mount=True, copy_scope=True)
async def bare_mount(scope: Scope, receive: Receive, send: Send) -> None: ...


@pytest.mark.parametrize("handler", [bare, bare_socket, bare_mount])
def test_a_route_without_a_guard_is_refused(handler: BaseRouteHandler) -> None:
    with pytest.raises(RuntimeError, match=r"without a guard: \S+ /bare"):
        refuse_unguarded(Litestar([handler], openapi_config=None))


def test_a_guard_that_names_no_demand_does_not_count() -> None:
    guarded = Router("/", route_handlers=[bare], guards=[lambda connection, handler: None])
    with pytest.raises(RuntimeError, match="without a guard"):
        refuse_unguarded(Litestar([guarded], openapi_config=None))


def test_a_guard_on_the_router_counts() -> None:
    refuse_unguarded(
        Litestar([Router("/", route_handlers=[bare], opt=public)], openapi_config=None)
    )


def test_the_app_does_not_start_with_an_open_route(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticketing.app, "DOORS", [*ticketing.app.DOORS, bare])
    with pytest.raises(RuntimeError, match="GET /bare"):
        create_app(Settings())


@pytest.fixture(scope="module")
def tokens_and_client(
    empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[Role, str], TestClient[Any]]]:
    """A token for each role, and the whole app on an empty database."""
    url = databases.sqlite_copy(empty_sqlite, tmp_path_factory.mktemp("routes"))
    desk = open_desk(url)
    tokens = {role: desk.write_now(create_token, role, role, by="test") for role in Role}
    desk.close()
    with TestClient(create_app(Settings(database_url=url, secret_key="x"))) as client:
        client.follow_redirects = False
        yield tokens, client


@pytest.mark.parametrize("role", [Role.USHER, Role.BOX_OFFICE, Role.ORGANISER])
def test_a_guarded_route_opens_to_its_role_and_to_none_below(
    role: Role, tokens_and_client: tuple[dict[Role, str], TestClient[Any]]
) -> None:
    tokens, client = tokens_and_client
    below = [lower for lower in Role if not lower.reaches(role)]
    for line in DOORS[f"{role} or higher"].strip().splitlines():
        method, path = line.split()
        assert answer(client, method, path, None) in (401, 303), line
        assert {answer(client, method, path, tokens[lower]) for lower in below} <= {403}, line
        assert answer(client, method, path, tokens[role]) not in (401, 403, 500), line


def test_no_public_page_breaks_in_an_empty_house(
    tokens_and_client: tuple[dict[Role, str], TestClient[Any]],
) -> None:
    _, client = tokens_and_client
    for line in DOORS[ANYBODY].strip().splitlines():
        method, path = line.split()
        assert answer(client, method, path, None) < 500, line


def answer(client: TestClient[Any], method: str, path: str, token: str | None) -> int:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return client.request(method, re.sub(r"\{\w+:\w+\}", "x", path), headers=headers).status_code
