"""The figures of a server that sells, and who may read them."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clients import Buyer, Unexpected, Usher
from servers import Server, serving, token

HOLDS = "/api/performances/{performance_id}/holds"


@pytest.fixture
def selling(world_url: str, tmp_path: Path) -> Iterator[Server]:
    watching = {"TICKETING_METRICS_TOKEN": "only to watch"}
    with serving(world_url, tmp_path, "--host", "127.0.0.1", **watching) as server:
        yield server


def figures(reader: Buyer) -> dict[str, float]:
    text = reader.http.get("/metrics").text
    return {
        name: float(value) for name, value in re.findall(r"^([^#\s].*) (\S+)$", text, re.MULTILINE)
    }


def test_a_sale_is_counted(selling: Server, tmp_path: Path) -> None:
    buyer = Buyer(selling.url)
    lawn, show = buyer.performance("hushang-")["id"], buyer.performance("tiandishu-demo-")["id"]
    held = buyer.hold(show, seats := [buyer.plan(show)["seats"][0]["id"]])
    with pytest.raises(Unexpected):
        buyer.hold(show, seats)
    buyer.order(buyer.best(lawn, 2), "free", "free")
    usher = Usher(selling.url, token(selling.database, tmp_path, "usher"))
    usher.scan("main", show, "T" + "0" * 117 + "Z")
    found = figures(buyer)
    assert found["ticketing_held_seats"] == len(held["seats"]) == 1
    assert found["ticketing_tickets"] == 2
    assert found['ticketing_orders{status="paid"}'] == 1
    assert found['ticketing_scans{verdict="invalid"}'] == 1
    assert found['ticketing_acts_total{act="hold_together",outcome="done"}'] == 2
    assert found['ticketing_acts_total{act="hold_together",outcome="seats-taken"}'] == 1
    asked = f'ticketing_request_seconds_count{{method="POST",route="{HOLDS}",status='
    assert (found[asked + '"201"}'], found[asked + '"409"}']) == (2, 1)
    assert found["ticketing_desk_acts"] >= found["ticketing_desk_commits"] > 3
    assert (found["ticketing_requests_in_flight"], found["ticketing_open_streams"]) == (1, 0)
    assert found["ticketing_caretaker_round_timestamp_seconds"] > 1e9
    assert found["process_resident_memory_bytes"] > 1e7


def test_no_label_names_anybody(selling: Server) -> None:
    buyer = Buyer(selling.url)
    secret = buyer.order(buyer.best(buyer.performance("hushang-")["id"], 1), "free", "free")[
        "secret"
    ]
    buyer.get(f"/api/orders/{secret}")
    buyer.http.get("/no-such-page/13812345678")
    buyer.http.request("13812345678", "/")
    text = buyer.http.get("/metrics").text
    assert "/api/orders/{secret}" in text
    assert not {secret, "walker@example.com", "13812345678"} & set(re.findall(r"[\w@.]+", text))


def test_who_may_read_them(selling: Server) -> None:
    def status(**headers: str) -> int:
        return httpx.get(f"{selling.url}/metrics", headers=headers, trust_env=False).status_code

    far = {"x-forwarded-for": "203.0.113.9"}
    assert status() == 200
    assert status(**far) == 403
    assert status(**far, authorization="Bearer only to guess") == 403
    assert status(**far, authorization="Bearer only to watch") == 200
