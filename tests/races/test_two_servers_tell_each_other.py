"""Two real servers on one PostgreSQL: a page open at one sees what the other sells."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

import databases
from clients import Buyer
from servers import serving
from viewer import Viewer


def look_on(url: str, performance: str, viewer: Viewer) -> threading.Thread:
    """Keep a page open on a thread until the server ends it."""

    def read() -> None:
        address = f"{url}/api/performances/{performance}/availability/stream"
        with httpx.stream("GET", address, timeout=30, trust_env=False) as answer:
            for text in answer.iter_text():
                viewer.hear(text)

    thread = threading.Thread(target=read)
    thread.start()
    return thread


def within(seconds: float, is_true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.pg
def test_a_page_at_one_server_sees_a_hold_at_the_other_and_ends_with_its_server(
    cluster: str, tmp_path: Path
) -> None:
    url = databases.create_database(cluster, "two_tell")
    with serving(url, tmp_path) as one, serving(url, tmp_path) as other:
        buyer, viewer = Buyer(other.url), Viewer()
        performance = buyer.performance("shuimen-again-")["id"]
        page = look_on(one.url, performance, viewer)
        assert within(5, lambda: viewer.names == ["state"])
        held = set(buyer.best(performance, 2)["seats"])
        assert within(3, lambda: held <= viewer.held)
        one.process.terminate()
        page.join(20)
        one.process.wait(20)
        logs = [log.read_text() for log in tmp_path.glob("server-*.log")]
        assert not any("graceful shutdown exceeded" in log for log in logs)
