"""Promise 3, at the desk: a reservation is paid once, whoever takes the money at the same moment."""

import threading
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa

from simulation.faults import whatever
from stage import Stage
from ticketing.audit.verify import verify
from ticketing.box_office.take_payment import take_payment
from ticketing.checkout.lapse import give_up
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import Placed
from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.orders.models import Order
from ticketing.orders.queries import by_id
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.desk_qr import DESK_QR
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.models import Payment, Refund
from ticketing.payments.queries import of_order
from together import together


def kept(world: Stage) -> int:
    """Return what was paid and not given back."""
    paid = sa.select(sa.func.sum(Payment.amount)).where(Payment.status == "succeeded")
    back = sa.select(sa.func.coalesce(sa.func.sum(Refund.amount), 0))
    return int(world.ask(paid).scalar_one() or 0) - int(world.ask(back).scalar_one())


@pytest.mark.parametrize("guarded", [False, True])
def test_two_clerks_at_one_moment_take_it_once(
    world: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """One takes cash and one sees the code's money. Without the lock on the order, and without the condition
    of its move, both are told yes; on SQLite one waits for the other anyway."""
    order = world.place(world.hold(world.seats(2)), gateway=COUNTER).order
    both = threading.Barrier(2)

    def looks(tx: Tx, order_id: str) -> list[Any]:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5 if tx.dialect == "postgresql" and not guarded else 0)
        return of_order(tx, order_id)

    if not guarded:
        pay = whatever(Order, "order", status="paid", paid_at=None)
        monkeypatch.setattr("ticketing.orders.lifecycle.PAY", pay)
        monkeypatch.setattr("ticketing.box_office.take_payment.lock", by_id)
        monkeypatch.setattr("ticketing.checkout.fulfil.post_sale", lambda *_, **__: None)
        monkeypatch.setattr("ticketing.checkout.fulfil.bring_to_life", lambda *_, **__: None)
    monkeypatch.setattr("ticketing.box_office.take_payment.of_order", looks)
    ways = (COUNTER, DESK_QR)
    together(
        2, lambda n: world.desk.write_now(take_payment, order.number, ways[n], by=f"staff:{n}")
    )
    twice = not guarded and world.desk.url.startswith("postgresql")
    assert kept(world) == (24000 if twice else 12000)
    if guarded:
        assert world.desk.read_now(verify) == []


def test_the_desk_the_buyer_and_an_online_payment_at_one_moment(world: Stage) -> None:
    for n in range(4):
        placed = world.place(world.hold(world.seats(2, skip=4 * n)), gateway=COUNTER)
        online = world.desk.write_now(pay_again, placed.order.secret, PLAY)

        def act(m: int, placed: Placed = placed, online: str = online) -> None:
            if m == 0:
                number = placed.order.number
                world.desk.write_now(take_payment, number, COUNTER, by="staff:mei")
            elif m == 1:
                world.desk.write_now(give_up, placed.order.secret)
            else:
                world.pay(Placed(placed.order, online))

        answers = together(3, act)
        assert all(isinstance(each, Refused | type(None)) for each in answers)
        assert world.desk.read_now(verify) == []
    assert kept(world) == 12000 * sum(
        status == "paid" for status in world.ask(sa.select(Order.status)).scalars()
    )
