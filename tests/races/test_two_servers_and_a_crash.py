"""Real processes: two servers on one PostgreSQL, and a server that is killed while it sells."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from math import dist
from pathlib import Path
from typing import Any

import httpx
import pytest

import databases
import postgres
from clients import Buyer, Unexpected
from servers import command, serving

SEATS, BUYERS, ORDERS = 10, 64, 500


def show(buyer: Buyer) -> tuple[str, list[str]]:
    """Return a performance with nothing sold yet, and ten of its seats."""
    performance = buyer.performance("shuimen-again-")["id"]
    gone = buyer.get(f"/api/performances/{performance}/availability")
    free = [
        s for s in buyer.plan(performance)["seats"] if s["id"] not in gone["sold"] + gone["held"]
    ]
    return performance, [seat for run in side_by_side(free) for seat in apart(run)][:SEATS]


def side_by_side(seats: list[dict[str, Any]]) -> list[list[str]]:
    """Cut seats in their order into runs of neighbours, which stand less than a metre apart."""
    runs: list[list[str]] = []
    for before, seat in zip([None, *seats], seats, strict=False):
        if before and dist((before["x"], before["y"]), (seat["x"], seat["y"])) < 1:
            runs[-1].append(seat["id"])
        else:
            runs.append([seat["id"]])
    return runs


def apart(run: list[str]) -> list[str]:
    """Return seats that, one by one and in whatever order they go, leave none single."""
    return [seat for n, seat in enumerate(run) if n % 3 == 0 and len(run) - n != 2]


def buy(url: str, performance: str, seat: str) -> str | None:
    """Return the order's secret, or None for a refusal that a buyer may meet."""
    buyer = Buyer(url)
    try:
        order = buyer.order(buyer.hold(performance, [seat]), "funded", "play")
    except Unexpected as refused:
        if refused.status not in (409, 503):
            raise
        return None
    buyer.pay(order)
    return str(order["secret"])


@pytest.mark.pg
def test_two_servers_and_sixty_four_buyers_sell_ten_seats_once(
    cluster: str, tmp_path: Path
) -> None:
    url = databases.create_database(cluster, "two_servers")
    with serving(url, tmp_path) as one, serving(url, tmp_path) as other:
        performance, seats = show(Buyer(one.url))
        with ThreadPoolExecutor(BUYERS) as pool:
            homes = [(one, other)[n % 2].url for n in range(BUYERS)]
            wishes = [seats[n % SEATS] for n in range(BUYERS)]
            secrets = list(pool.map(buy, homes, [performance] * BUYERS, wishes))
        orders = [Buyer(other.url).get(f"/api/orders/{s}") for s in secrets if s]
        sold = Counter(ticket["seat"]["id"] for order in orders for ticket in order["tickets"])
        assert sold == Counter(seats)
        assert "Every invariant holds" in command(url, tmp_path, "verify")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def test_a_killed_server_loses_nothing_that_it_acknowledged(kind: str, tmp_path: Path) -> None:
    with postgres.running(durable=True) as cluster:
        url = f"sqlite:///{tmp_path}/crash.db"
        if kind == "postgresql":
            url = databases.create_database(cluster, "crash")
        acknowledged = order_until_killed(url, tmp_path)
        with serving(url, tmp_path) as again:
            buyer = Buyer(again.url)
            kept = [buyer.get(f"/api/orders/{secret}") for secret in acknowledged]
            assert all(order["status"] == "paid" and order["tickets"] for order in kept)
            assert "Every invariant holds" in command(url, tmp_path, "verify")


def order_until_killed(url: str, folder: Path) -> list[str]:
    """Order 500 free places from eight threads, kill -9 the server in the middle."""
    acknowledged: list[str] = []
    halfway = threading.Event()

    with serving(url, folder) as server:
        lawn = Buyer(server.url).performance("hushang-")["id"]

        def order(_: int) -> None:
            buyer = Buyer(server.url)
            try:
                answer = buyer.order(buyer.best(lawn, 1), "free", "free")
            except (httpx.HTTPError, Unexpected):  # the server is gone, or the lawn is full
                return
            acknowledged.append(answer["secret"])
            if len(acknowledged) >= 60:
                halfway.set()

        with ThreadPoolExecutor(8) as pool:
            done = pool.map(order, range(ORDERS))
            assert halfway.wait(60)
            server.kill()
            list(done)
    assert 60 <= len(acknowledged) < ORDERS
    return acknowledged
