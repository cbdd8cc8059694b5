"""The caretaker's rounds: what a crash left is finished, and one bad row stops no other."""

import asyncio
import socket
import time
from contextlib import suppress

import sqlalchemy as sa

from stage import Stage
from ticketing.audit.verify import verify
from ticketing.caretaker import act_on_events, keep_house
from ticketing.config import Settings
from ticketing.desk.metrics import Metrics
from ticketing.foundation.clock import SystemClock
from ticketing.inventory.allocate import allocate
from ticketing.inventory.models import AllocatedSeat, KeptFor
from ticketing.orders.models import Order
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard, hear, unhandled


def test_an_event_that_nobody_acted_on_is_finished_past_one_that_fails(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1)))
    for event, payment in (("a-broken", "no such payment"), ("b-whole", placed.payment_id)):
        world.desk.write_now(hear, PLAY.key, event, Heard.PAID, payment, {})
    asyncio.run(act_on_events(world.desk, {}))
    status = sa.select(Order.status).where(Order.id == placed.order.id)
    assert world.ask(status).scalar_one() == "paid"
    assert world.desk.read_now(unhandled) == [("play", "a-broken")]


def test_a_mail_server_that_hangs_stops_no_other_round(world: Stage) -> None:
    """It takes the connection and never speaks; kept seats are let go in time all the same."""
    for n in range(3):
        world.buy(world.seats(1, skip=2 * n))
    soon = SystemClock().now() + 500
    seats, metrics = world.seats(2, skip=8), Metrics()
    world.desk.write_now(allocate, world.performance, seats, KeptFor.PRESS, "", soon, by="test")

    async def keep(smtp_url: str) -> None:
        house = keep_house(world.desk, Settings(smtp_url=smtp_url), world.keys, {}, metrics)
        with suppress(TimeoutError):
            await asyncio.wait_for(house, 4)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.time()
        asyncio.run(keep(f"smtp://127.0.0.1:{silent.getsockname()[1]}"))
    assert metrics.round_ended > began + 1
    kept = sa.select(AllocatedSeat.released_at).where(AllocatedSeat.seat_id.in_(seats))
    assert all(world.ask(kept).scalars())
    assert world.desk.read_now(verify) == []
