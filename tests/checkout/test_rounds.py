"""The caretaker's rounds: what a crash left is finished, and one bad row stops no other."""

import asyncio

import sqlalchemy as sa

from stage import Stage
from ticketing.caretaker import act_on_events
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
