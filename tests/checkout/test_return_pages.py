"""Returns at their doors: the form without a script, and JSON."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import doors, fields
from stage import Stage
from ticketing.checkout.place import Placed
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.models import Refund

Client = TestClient[Any]


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


@pytest.fixture
def placed(world: Stage) -> Placed:
    """Two tickets at 60 yuan, three days before: between the second and the third step."""
    return world.buy(world.seats(2))


def refunded(world: Stage) -> list[int]:
    return list(world.ask(sa.select(Refund.amount)).scalars())


def test_the_fee_is_shown_before_it_is_taken(world: Stage, client: Client, placed: Placed) -> None:
    path = f"/orders/{placed.order.secret}/return"
    assert f'href="{path}"' in client.get(path.removesuffix("/return")).text
    page = client.get(path)
    (line, _) = re.findall(r'name="lines" value="([^"]+)"', page.text)
    confirm = client.post(path, data={"lines": line})
    shown = fields(confirm)
    back = int(shown["expected"])
    assert back in (4800, 3000)  # by the hour of the day
    assert f"¥{back // 100}.00" in confirm.text
    assert refunded(world) == []
    done = client.post(path, data=shown)
    assert done.status_code == 303
    assert refunded(world) == [back]
    again = client.post(path, data=shown)  # the second click
    assert again.status_code == 303
    assert refunded(world) == [back]
    order = client.get(done.headers["location"])
    assert "已作废，不能入场" in order.text
    assert "已退回" in order.text


def test_nothing_chosen_asks_again(client: Client, placed: Placed) -> None:
    page = client.post(f"/orders/{placed.order.secret}/return", data={"x": ""})
    assert "请先选要退的票" in page.text


@pytest.mark.parametrize("expected", ["", "-1", "1.5", "9" * 30, "abc"])
def test_a_sum_that_is_none_changes_nothing(
    world: Stage, client: Client, placed: Placed, expected: str
) -> None:
    line = placed.order.lines[0].id
    page = client.post(
        f"/orders/{placed.order.secret}/return", data={"lines": line, "expected": expected}
    )
    assert page.status_code == 422
    assert refunded(world) == []


def test_an_unknown_order_is_not_found(client: Client) -> None:
    assert client.get("/orders/nonsense/return").status_code == 404
    assert client.post("/orders/nonsense/return", data={"expected": "1"}).status_code == 404


def test_a_dry_run_quotes_and_a_return_is_done_once(
    world: Stage, client: Client, placed: Placed
) -> None:
    path = f"/api/orders/{placed.order.secret}/refunds"
    quoted = client.post(f"{path}?dry_run=true", json={"lines": []})
    assert quoted.status_code == 200
    assert len(quoted.json()["lines"]) == 2
    assert refunded(world) == []
    wish = {"lines": [placed.order.lines[0].seat_id]}
    answers = [client.post(path, json=wish, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert refunded(world) == [answers[0].json()["refund"]["amount"]]
    order = client.get(f"/api/orders/{placed.order.secret}").json()
    assert sorted(line["returned"] for line in order["lines"]) == [False, True]
    assert order["refunds"][0]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"lines": ["nobody"]}, 422),
        ({"lines": "all"}, 400),
        ({"lines": [1]}, 400),
        ({"expected": {"amount": "12", "currency": "CNY"}}, 422),
        ({"expected": {"amount": 1, "currency": "CNY"}}, 409),
        ({"other": 1}, 400),
    ],
)
def test_bad_input_changes_nothing(
    world: Stage, client: Client, placed: Placed, body: dict[str, Any], status: int
) -> None:
    answer = client.post(f"/api/orders/{placed.order.secret}/refunds", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert refunded(world) == []


def test_a_return_of_a_return_is_a_conflict(client: Client, placed: Placed) -> None:
    path = f"/api/orders/{placed.order.secret}/refunds"
    assert client.post(path, json={}).status_code == 201
    answer = client.post(path, json={})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-refundable")


def test_what_was_paid_at_the_desk_goes_back_at_the_desk(world: Stage, client: Client) -> None:
    number = world.sell_at_counter(world.seats(2))
    secret = world.ask(sa.select(Order.secret).where(Order.number == number)).scalar_one()
    line = world.ask(sa.select(OrderLine.id)).scalars().first()
    path = f"/orders/{secret}/return"
    shown = {"lines": line, "expected": "6000"}
    for page in (client.get(path), client.post(path, data=shown)):
        assert "这是在柜台付的款，请到柜台退" in page.text
    assert refunded(world) == []
