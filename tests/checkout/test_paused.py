"""A pause keeps new buyers out, and lets finish who has seats already; a sum is said in the order's currency."""

from typing import Any

import pytest
import sqlalchemy as sa

from doors import doors
from stage import Stage
from ticketing.orders.currency import OtherCurrency
from ticketing.payments.models import Refund
from ticketing.programme.on_sale import SalePaused
from ticketing.programme.pause import pause


def test_who_holds_seats_when_a_sale_is_paused_buys_them_and_nobody_else_does(world: Stage) -> None:
    held = world.hold(world.seats(2))
    world.desk.write_now(pause, world.performance, by="test")
    with pytest.raises(SalePaused):
        world.hold(world.seats(1, skip=4))
    world.pay(world.place(held))
    assert len(world.ask(sa.text("SELECT id FROM ticket")).all()) == 2


def order(held: Any, total: dict[str, Any]) -> dict[str, Any]:
    lines = [{"seat": seat, "ticket_type": "funded"} for seat in held.seats]
    return {
        "hold": held.token, "buyer": {"email": "a@example.org"}, "lines": lines, "gateway": "play",
        "expected_total": total,
    }  # fmt: skip


@pytest.mark.parametrize("currency", ["USD", "EUR", "cny", "", "CNY "])
def test_a_total_in_another_currency_is_refused(world: Stage, currency: str) -> None:
    held = world.hold(world.seats(1))
    with doors(world) as client:
        wish = order(held, {"amount": 6000, "currency": currency})
        answer = client.post("/api/orders", json=wish)
        assert (answer.status_code, answer.json()["type"]) == (
            409,
            f"/problems/{OtherCurrency.type}",
        )
        wish = order(held, {"amount": 6000, "currency": "CNY"})
        assert client.post("/api/orders", json=wish).status_code == 201


def test_so_is_a_refund_in_another_currency(world: Stage) -> None:
    secret = world.buy(world.seats(1)).order.secret
    with doors(world) as client:
        quoted = client.post(f"/api/orders/{secret}/refunds", json={"dry_run": True}).json()
        wish = {"expected": quoted["refund"] | {"currency": "USD"}}
        assert client.post(f"/api/orders/{secret}/refunds", json=wish).status_code == 409
        assert world.ask(sa.select(Refund.id)).all() == []
        wish = {"expected": quoted["refund"]}
        assert client.post(f"/api/orders/{secret}/refunds", json=wish).status_code == 201
