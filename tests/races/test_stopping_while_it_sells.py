"""A server told to stop answers what it took, and what it answered is all that is stored."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from clients import Buyer, Unexpected
from servers import Server, command, serving
from ticketing.cli.serve import refuse_taken

BUYERS, EACH, ENOUGH = 64, 3, 20


def test_a_stop_in_the_middle_of_sixty_four_orders_loses_none(
    world_url: str, tmp_path: Path
) -> None:
    with serving(world_url, tmp_path, "--host", "127.0.0.1") as server:
        answered = order_until_stopped(server)
        assert server.process.returncode == 0
        refuse_taken("127.0.0.1", httpx.URL(server.url).port or 0)  # another may have the port
    assert ENOUGH <= len(answered) < BUYERS * EACH
    assert stored(world_url) == answered
    assert "Every invariant holds" in command(world_url, tmp_path, "verify")


@pytest.mark.parametrize(("told", "answered"), [(signal.SIGTERM, BUYERS), (signal.SIGKILL, 0)])
def test_orders_on_their_way_are_answered_and_control_a_killed_server_answers_none(
    world_url: str, tmp_path: Path, told: int, answered: int
) -> None:
    """Something else keeps the database when all have sent their order and the server is told."""
    with serving(world_url, tmp_path, "--host", "127.0.0.1") as server:
        lawn = Buyer(server.url).performance("hushang-")["id"]
        buyers = [Buyer(server.url) for _ in range(BUYERS)]
        held = [buyer.best(lawn, 1) for buyer in buyers]
        with ThreadPoolExecutor(BUYERS) as pool:
            with kept_busy(world_url):
                asked = [
                    pool.submit(buyer.order, each, "free", "free")
                    for buyer, each in zip(buyers, held, strict=True)
                ]
                time.sleep(0.7)  # all are sent
                server.process.send_signal(told)
                time.sleep(0.3)
            server.process.wait(15)
            assert sum(each.exception() is None for each in asked) == answered
    assert len(stored(world_url)) == answered


@contextmanager
def kept_busy(url: str) -> Iterator[None]:
    """Let nobody else write."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    lock = "LOCK TABLE orders" if url.startswith("postgresql") else "SELECT 1"
    with engine.connect() as connection:
        connection.execute(sa.text("BEGIN" if "LOCK" in lock else "BEGIN IMMEDIATE"))
        connection.execute(sa.text(lock))
        yield
        connection.execute(sa.text("ROLLBACK"))
    engine.dispose()


def order_until_stopped(server: Server) -> set[str]:
    """Return the numbers of the orders that were answered."""
    lawn = Buyer(server.url).performance("hushang-")["id"]
    answered: set[str] = set()
    halfway = threading.Event()

    def order(buyer: Buyer) -> None:
        try:
            for _ in range(EACH):
                answered.add(buyer.order(buyer.best(lawn, 1), "free", "free")["number"])
                if len(answered) >= ENOUGH:
                    halfway.set()
        except (httpx.HTTPError, Unexpected):  # it is gone, or too busy
            pass

    buyers = [Buyer(server.url) for _ in range(BUYERS)]
    with ThreadPoolExecutor(BUYERS) as pool:
        done = pool.map(order, buyers)
        assert halfway.wait(60)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(15)
        list(done)
    return answered


def stored(url: str) -> set[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = set(connection.execute(sa.text("SELECT number FROM orders")).scalars())
    engine.dispose()
    return found
