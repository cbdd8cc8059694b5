"""What a test or a person does to the stand-in, from outside: each is one request."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from stripe_stand_in.app import create_app

HTTP = httpx.Client(trust_env=False, timeout=10)  # one: each reads all certificates of the machine
KEY, SECRET = "sk_test_stand_in", "whsec_stand_in"


@dataclass
class Hand:
    """Where it is; ``do("pay", ident=..., method="alipay")`` and the like: see ``Account``."""

    url: str

    def do(self, act: str, **given: Any) -> Any:
        answer = HTTP.post(f"{self.url}/control/{act}", json=given)
        answer.raise_for_status()
        return answer.json()

    def every(self, kind: str) -> list[dict[str, Any]]:
        return list(self.do("every", kind=kind))

    @property
    def settings(self) -> dict[str, str]:
        """What a box office is told, so that it takes us for Stripe."""
        return {
            "TICKETING_STRIPE_API_KEY": KEY,
            "TICKETING_STRIPE_WEBHOOK_SECRET": SECRET,
            "TICKETING_STRIPE_API_BASE": self.url,
        }

    def listens(self, box_office: str) -> None:
        """Send events there from now on."""
        self.do("listen", url=f"{box_office}/payments/stripe/events")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(port: int = 0) -> Iterator[Hand]:
    """Serve it from a thread, on a free port unless one is given; nobody hears its events yet."""
    port = port or free_port()
    app = create_app(f"http://127.0.0.1:{port}", KEY, SECRET)
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=2
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError(f"port {port} cannot be used")
        time.sleep(0.01)
    try:
        yield Hand(f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()
