"""The caretaker: timed rounds, each harmless when repeated or when two machines make it at once."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from ticketing.checkout.lapse import lapse
from ticketing.config import Settings
from ticketing.desk.desk import Desk
from ticketing.desk.metrics import Metrics
from ticketing.foundation.clock import SystemClock
from ticketing.inventory.allocate import release_due, to_release
from ticketing.ledger.earn import earn, to_earn
from ticketing.letters.send import send_due
from ticketing.orders.queries import overdue
from ticketing.payments.inbox import unhandled
from ticketing.payments.page import unseen
from ticketing.payments.provider import NoAnswer, Providers
from ticketing.payments.refund import under_way
from ticketing.processing.conversation import act_on, close_pages, look, provider_of, send_refund
from ticketing.processing.reconcile import reconcile
from ticketing.returns.cancelled_performance import pay_back, to_pay_back
from ticketing.tickets.keys import Keyring, keyring

log = logging.getLogger("ticketing.caretaker")
EVERY = 2.0  # seconds
EARN_EVERY = 60.0
KEYS_EVERY = 60.0
RECONCILE_EVERY = 3600.0
STRANGERS = {"lapse orders", "act on events", "ask providers", "send mail", "reconcile"}

Step = Callable[..., Coroutine[Any, Any, None]]


async def lapse_orders(desk: Desk, providers: Providers) -> None:
    """Let orders go whose time is over, once their provider's pages are closed; those without a page
    wait for no provider."""
    open_yet = []

    async def end(order_id: str) -> None:
        if await desk.write(lapse, order_id):
            open_yet.append((order_id,))

    async def close(order_id: str) -> None:
        await close_pages(desk, providers, order_id)
        await desk.write(lapse, order_id)

    await one_by_one(end, [(order_id,) for order_id in await desk.read(overdue, now(desk))])
    await one_by_one(close, open_yet)


async def act_on_events(desk: Desk, providers: Providers) -> None:
    """Finish what a crash left between hearing of money and acting on it."""

    async def act(gateway: str, event_id: str) -> None:
        await act_on(desk, providers, gateway, event_id)

    await one_by_one(act, await desk.read(unhandled))


async def ask_providers(desk: Desk, providers: Providers) -> None:
    """Look at pages whose event was lost, perhaps, and have money given back."""

    async def ask(payment_id: str) -> None:
        await look(desk, providers, payment_id)

    async def send(gateway: str, *owed: Any) -> None:
        await send_refund(desk, provider_of(providers, gateway), *owed)

    await one_by_one(ask, [(payment,) for payment in await desk.read(unseen, now(desk))])
    await one_by_one(send, await desk.read(under_way))


async def pay_back_cancelled(desk: Desk) -> None:
    """Give back what was paid for performances that were cancelled."""

    async def give(order_id: str) -> None:
        await desk.write(pay_back, order_id)

    await one_by_one(give, [(order,) for order in await desk.read(to_pay_back)])


async def release_allocations(desk: Desk) -> None:
    """Let go of seats that the house kept until now."""

    async def let_go(allocation: str) -> None:
        await desk.write(release_due, allocation, by="caretaker")

    await one_by_one(let_go, [(each,) for each in await desk.read(to_release, now(desk))])


async def earn_played(desk: Desk) -> None:
    """Turn into revenue what was deferred until its performance was over."""

    async def take(performance_id: str) -> None:
        await desk.write(earn, performance_id)

    await one_by_one(take, [(each,) for each in await desk.read(to_earn, now(desk))])


async def learn_keys(desk: Desk, settings: Settings, keys: Keyring) -> None:
    """Hear of a key that another process made."""
    keys.learn(await desk.read(keyring, settings.secret_key))


async def reconcile_all(desk: Desk, providers: Providers) -> None:
    """Compare with every provider, and learn what no event told."""
    for gateway, provider in providers.items():
        for found in await reconcile(desk, gateway, provider):
            log.warning("%s says otherwise of %s %s", gateway, found.kind, found.charge)


async def one_by_one(step: Step, rows: Sequence[tuple[Any, ...]]) -> None:
    """Do it for each row; one that fails waits for the next round and stops no other.

    Where a provider does not answer, the rest waits too: each would wait as long.
    """
    for row in rows:
        try:
            await step(*row)
        except NoAnswer:
            log.warning("a provider does not answer: %s waits", step.__name__)
            return
        except Exception:
            log.exception("%s failed for %s", step.__name__, row)


def all_rounds(
    desk: Desk, settings: Settings, keys: Keyring, providers: Providers
) -> dict[str, Step]:  # fmt: skip
    return {
        "lapse orders": partial(lapse_orders, desk, providers),
        "release allocations": partial(release_allocations, desk),
        "act on events": partial(act_on_events, desk, providers),
        "pay back what was cancelled": partial(pay_back_cancelled, desk),
        "ask providers": partial(ask_providers, desk, providers),
        "send mail": partial(send_due, desk, settings, keys),
        "earn what was played": seldom(partial(earn_played, desk), EARN_EVERY),
        "learn keys": seldom(partial(learn_keys, desk, settings, keys), KEYS_EVERY),
        "reconcile": seldom(partial(reconcile_all, desk, providers), RECONCILE_EVERY),
    }


def seldom(make: Step, every: float) -> Step:
    """Make a round only when so many seconds are over since it was last made."""
    due = 0.0

    async def perhaps() -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + every
            await make()

    return perhaps


async def make_rounds(rounds: dict[str, Step]) -> None:
    """Make every round once; one that fails does not stop the others."""
    for name, make in rounds.items():
        try:
            await make()
        except Exception:
            log.exception("the round %r failed", name)


async def keep_house(
    desk: Desk, settings: Settings, keys: Keyring, providers: Providers, metrics: Metrics
) -> None:
    """Make the rounds for ever: our own in turn, and beside them each that may wait for a stranger."""

    async def keep(rounds: dict[str, Step], *, ours: bool = False) -> None:
        while True:
            await make_rounds(rounds)
            if ours:
                metrics.round_ended = time.time()
            await asyncio.sleep(EVERY)

    made = all_rounds(desk, settings, keys, providers)
    metrics.round_ended = time.time()  # from now on they are waited for
    async with asyncio.TaskGroup() as beside:
        beside.create_task(keep({n: made[n] for n in made.keys() - STRANGERS}, ours=True))
        for name in STRANGERS:
            beside.create_task(keep({name: made[name]}))


def now(desk: Desk) -> int:
    return (desk.clock or SystemClock()).now()
