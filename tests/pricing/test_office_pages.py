"""Prices and codes in the office, and what buyers then pay."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.audit.verify import verify
from ticketing.orders.models import Order
from ticketing.pricing.models import Price, Promotion
from ticketing.pricing.promotion import CodeNotNow
from ticketing.pricing.quote import PriceChanged


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def path(world: Stage) -> str:
    return f"/office/performances/{world.slug(world.performance)}/prices"


def form(staff: Client, page: str) -> dict[str, str]:
    return csrf(staff) | dict(re.findall(r'<input name="(\w+:[^"]+)"[^>]* value="([^"]*)"', page))


def test_a_price_is_changed_for_orders_to_come(world: Stage, staff: Client) -> None:
    bought = world.buy(world.seats(2))
    held = world.hold(world.seats(2, skip=4))
    page = staff.get(path(world)).text
    fields = form(staff, page) | {"paid:stool:funded": "50", "funded:stool:funded": "70.00"}
    for _ in range(2):
        assert staff.post(path(world), data=fields).status_code == 303
    with pytest.raises(PriceChanged):
        world.place(held, expected=12000)
    assert world.place(held, expected=10000).order.total == 10000
    kept = sa.select(Order.total).where(Order.id == bought.order.id)
    assert world.ask(kept).scalar_one() == 12000
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paid:stool:funded": "50"}, "票面价要等于"),
        ({"paid:stool:funded": "cheap"}, "80.50"),
        ({"face:stool:full": "130", "funded:stool:full": "10"}, "没有资助方"),
        (
            {
                "face:gold:funded": "1",
                "paid:gold:funded": "1",
                "discount:gold:funded": "0",
                "funded:gold:funded": "0",
            },
            "没有这个价格",
        ),
    ],
)
def test_a_price_that_cannot_be_is_said_and_nothing_changes(
    world: Stage, staff: Client, change: dict[str, str], said: str
) -> None:
    before = world.ask(sa.select(sa.func.sum(Price.paid))).scalar_one()
    answer = staff.post(path(world), data=form(staff, staff.get(path(world)).text) | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert world.ask(sa.select(sa.func.sum(Price.paid))).scalar_one() == before


def code(staff: Client, **wish: str) -> str:
    fields = csrf(staff) | {"key": "k", "name": "老观众", "percent": "10", "stacks": "yes"} | wish
    for _ in range(2):
        assert staff.post("/office/codes", data=fields).status_code == 303
    page = staff.get("/office/codes").text
    return str(re.findall(r'<b class="num">([0-9A-Z]{10})</b> 老观众', page)[0])


def test_a_code_is_made_once_used_and_closed(world: Stage, staff: Client) -> None:
    made = code(staff, budget="100", most="3")
    assert (
        world.ask(
            sa.select(sa.func.count()).where(Promotion.percent == 10, Promotion.budget == 10000)
        ).scalar_one()
        == 1
    )
    placed = world.place(world.hold(world.seats(2)), code=made)
    assert placed.order.total == 10800
    assert "用掉 ¥12 / ¥100" in staff.get("/office/codes").text
    for _ in range(2):
        assert staff.post(f"/office/codes/{made}/closing", data=csrf(staff)).status_code in (
            201,
            303,
        )
    with pytest.raises(CodeNotNow):
        world.place(world.hold(world.seats(2, skip=4)), code=made)
    assert "已停用" in staff.get("/office/codes").text


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"name": ""}, "起个名字"),
        ({"percent": "0"}, "减百分之几"),
        ({"percent": "120"}, "减百分之几"),
        ({"percent": "ten"}, "请填一个整数"),
        ({"off": "much"}, "80.50"),
        ({"performance": "nowhere"}, "没有这一场"),
        ({"opens": "2030-01-02T10:00", "closes": "2030-01-01T10:00"}, "结束要晚于开始"),
        ({"closes": "tomorrow"}, "请选一个时间"),
    ],
)
def test_a_code_that_cannot_be_is_said(staff: Client, wish: dict[str, str], said: str) -> None:
    fields = csrf(staff) | {"key": "k", "name": "老观众", "percent": "10"} | wish
    answer = staff.post("/office/codes", data=fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_an_unknown_code_is_not_closed(staff: Client) -> None:
    assert staff.post("/office/codes/0000000000/closing", data=csrf(staff)).status_code == 404


def test_a_code_has_a_name_in_each_language(staff: Client) -> None:
    code(staff, name_other="Old friends")
    assert "Old friends" in staff.get("/en/office/codes").text
