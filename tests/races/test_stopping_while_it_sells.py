"""A server told to stop answers what it took, and what it answered is all that is stored."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
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
