"""Events, signed as Stripe signs them, sent until they are heard."""

import asyncio
import hmac
import json
import time
from hashlib import sha256

import httpx

from stripe_stand_in.objects import Thing

AGAIN = 0.2  # seconds; Stripe waits for hours
MOST = 40


def signature(body: str, secret: str, at: int | None = None) -> str:
    """Return the header ``Stripe-Signature``. ``at``: seconds."""
    at = int(time.time()) if at is None else at
    mark = hmac.new(secret.encode(), f"{at}.{body}".encode(), sha256).hexdigest()
    return f"t={at},v1={mark}"


class Sender:
    """``to``: who listens; ``how``: now, twice, held (until released, the last first), or dropped."""

    def __init__(self, secret: str) -> None:
        self.to, self.secret, self.how = "", secret, "now"
        self.held: list[Thing] = []
        self.answers: list[int] = []
        self._running: set[asyncio.Task[None]] = set()

    def tell(self, event: Thing) -> None:
        if self.how == "held":
            self.held.append(event)
        elif self.how != "dropped" and self.to:
            for _ in range(2 if self.how == "twice" else 1):
                self._start(event)

    def release(self) -> None:
        """Send what was held, the last first."""
        self.how = "now"
        while self.held:
            self.tell(self.held.pop())

    def _start(self, event: Thing) -> None:
        task = asyncio.get_running_loop().create_task(self.send(event))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def send(self, event: Thing) -> None:
        body = json.dumps(event)
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            for _ in range(MOST):
                try:
                    headers = {"stripe-signature": signature(body, self.secret)}
                    told = await client.post(self.to, content=body, headers=headers)
                    self.answers.append(told.status_code)
                    if told.is_success:
                        return
                except httpx.HTTPError:
                    pass  # nobody is there: sent again
                await asyncio.sleep(AGAIN)
