"""The caretaker: timed rounds, each harmless when repeated or when two machines make it at once."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from ticketing.checkout.lapse import lapse
from ticketing.checkout.mailing import send_due
from ticketing.checkout.settle import settle
from ticketing.config import Settings
from ticketing.foundation.clock import SystemClock
from ticketing.foundation.desk import Desk
from ticketing.foundation.metrics import Metrics
from ticketing.orders.queries import overdue
from ticketing.payments.inbox import unhandled
from ticketing.tickets.keys import Keyring

log = logging.getLogger("ticketing.caretaker")
EVERY = 2.0  # seconds


async def lapse_orders(desk: Desk) -> None:
    now = (desk.clock or SystemClock()).now()
    await one_by_one(desk, lapse, [(order_id,) for order_id in await desk.read(overdue, now)])


async def act_on_events(desk: Desk) -> None:
    """Finish what a crash left between hearing of money and acting on it."""
    await one_by_one(desk, settle, await desk.read(unhandled))


async def one_by_one(desk: Desk, act: Callable[..., None], rows: Sequence[tuple[str, ...]]) -> None:
    """Do it for each row; one that fails waits for the next round and stops no other."""
    for row in rows:
        try:
            await desk.write(act, *row)
        except Exception:
            log.exception("%s failed for %s", act.__name__, row)


async def make_rounds(desk: Desk, settings: Settings, keys: Keyring) -> None:
    """Make every round once; one that fails does not stop the others."""
    for name, make, *needs in (
        ("lapse orders", lapse_orders, desk),
        ("act on events", act_on_events, desk),
        ("send mail", send_due, desk, settings, keys),
    ):
        try:
            await make(*needs)
        except Exception:
            log.exception("the round %r failed", name)


async def keep_house(desk: Desk, settings: Settings, keys: Keyring, metrics: Metrics) -> None:
    while True:
        await make_rounds(desk, settings, keys)
        metrics.round_ended = time.time()
        await asyncio.sleep(EVERY)
