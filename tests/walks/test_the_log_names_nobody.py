"""The log of a real server after a walk with data that one would know again."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from clients import Buyer, Client, Usher
from servers import Server, serving, token

NAME, PHONE, MAIL = "欧阳知微", "13987654321", "zhiwei.ouyang@example.com"
BUYER = {"name": NAME, "phone": PHONE, "email": MAIL}
PASSWORD = "correct horse battery"
FALSE_CODE = "T" + "7" * 117 + "Z"
TOLD = {  # route, status, what refused it, the role of who asked
    ("/api/orders", 422, "bad-input", None),
    ("/api/orders", 500, "broken", None),
    ("/api/reports/sales", 403, "forbidden", "usher"),
    ("/api/gates/{gate}/scans", 404, "not-found", "usher"),
    ("/office/orders/{number}", 404, "not-found", "admin"),
    ("/sign-in", 401, "wrong-sign-in", None),
}


def test_the_log_tells_what_went_wrong_and_names_nobody(world_url: str, tmp_path: Path) -> None:
    usher, admin = (token(world_url, tmp_path, role) for role in ("usher", "admin"))
    with serving(world_url, tmp_path, "--host", "127.0.0.1") as server:
        secrets = buy(server)
        come_in(server, usher, secrets[-1])
        look_up(server, admin)
        break_down(server)
    (log,) = tmp_path.glob("server-*.log")
    for private in (NAME, PHONE, MAIL, PASSWORD, FALSE_CODE, usher, admin, *secrets):
        assert private not in log.read_text()
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert {facts(line) for line in lines if line["status"] >= 400} == TOLD
    (broken,) = [line for line in lines if line["status"] == 500]
    assert (broken["level"], broken["event"]) == ("error", "request")
    assert any("outbox.py" in place for each in broken["error"] for place in each["places"])


def facts(line: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(line.get(name) for name in ("route", "status", "refused", "role"))


def buy(server: Server) -> list[str]:
    """Order with a wrong number and with a right one; return every secret that came of it."""
    buyer = Buyer(server.url)
    held = buyer.best(buyer.performance("hushang-")["id"], 1)
    line = [{"seat": seat, "ticket_type": "free"} for seat in held["seats"]]
    wish = {"hold": held["token"], "lines": line, "gateway": "free"}
    wrong = BUYER | {"phone": f"{PHONE}0"}
    buyer.post("/api/orders", wish | {"buyer": wrong}, 422, Idempotency_Key="k")
    order = buyer.order(held, "free", "free", buyer=BUYER)
    (ticket,) = buyer.tickets(order)
    return [held["token"], order["secret"], ticket["code"]]


def come_in(server: Server, usher: str, code: str) -> None:
    """Be shown a ticket and a false one, at a gate and at none; ask for what ushers may not see."""
    door = Usher(server.url, usher)
    lawn = door.get("/api/performances")[0]["id"]
    door.scan("main", lawn, FALSE_CODE)
    body = {"code": code, "nonce": "n", "performance": lawn, "direction": "in"}
    door.post("/api/gates/nowhere/scans", body, 404)
    door.get(f"/api/reports/sales?performance={lawn}", 403)


def look_up(server: Server, admin: str) -> None:
    """Type names where a number is asked for, and a wrong password."""
    office = Client(server.url, admin)
    office.http.get(f"/office/orders/{MAIL}")
    office.http.post("/sign-in", data={"email": MAIL, "password": PASSWORD})


def break_down(server: Server) -> None:
    """Take away the table of letters, so that an order breaks where its row names the buyer."""
    buyer = Buyer(server.url)
    held = buyer.best(buyer.performance("hushang-")["id"], 1)
    engine = sa.create_engine(server.database)
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE letter RENAME TO lost"))
    engine.dispose()
    line = [{"seat": seat, "ticket_type": "free"} for seat in held["seats"]]
    wish = {"hold": held["token"], "lines": line, "gateway": "free", "buyer": BUYER}
    buyer.post("/api/orders", wish, 500, Idempotency_Key="k")
