"""The caretaker: timed rounds, each harmless when repeated or when two machines make it at once."""

import asyncio
import logging

from ticketing.checkout.lapse import lapse
from ticketing.checkout.mailing import send_due
from ticketing.checkout.settle import settle
from ticketing.config import Settings
from ticketing.foundation.clock import SystemClock
from ticketing.foundation.desk import Desk
from ticketing.orders.queries import overdue
from ticketing.payments.inbox import unhandled
from ticketing.tickets.keys import Keyring

log = logging.getLogger("ticketing.caretaker")
EVERY = 2.0  # seconds


async def lapse_orders(desk: Desk) -> None:
    now = (desk.clock or SystemClock()).now()
    for order_id in await desk.read(overdue, now):
        await desk.write(lapse, order_id)


async def act_on_events(desk: Desk) -> None:
    """Finish what a crash left between hearing of money and acting on it."""
    for gateway, event_id in await desk.read(unhandled):
        await desk.write(settle, gateway, event_id)


async def make_rounds(desk: Desk, settings: Settings, keys: Keyring) -> None:
    """Make every round once; one that fails does not stop the others."""
    for name, round_ in {
        "lapse orders": lapse_orders(desk),
        "act on events": act_on_events(desk),
        "send mail": send_due(desk, settings, keys),
    }.items():
        try:
            await round_
        except Exception:
            log.exception("the round %r failed", name)


async def keep_house(desk: Desk, settings: Settings, keys: Keyring) -> None:
    while True:
        await make_rounds(desk, settings, keys)
        await asyncio.sleep(EVERY)
