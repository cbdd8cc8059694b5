"""The desk takes the money of a reservation, through its doors."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.audit.verify import verify
from ticketing.checkout.lapse import give_up
from ticketing.checkout.place import Placed
from ticketing.payments.gateways.counter import COUNTER


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.BOX_OFFICE) as client:
        yield client


def reserved(world: Stage) -> Placed:
    return world.place(world.hold(world.seats(2)), gateway=COUNTER)


@pytest.mark.parametrize("by", ["counter", "desk_qr"])
def test_the_desk_finds_it_by_its_number_and_takes_the_money(
    world: Stage, staff: Client, by: str
) -> None:
    number = reserved(world).order.number
    found = staff.get("/office/orders", params={"q": f" {number.lower()} "}).headers["location"]
    page = staff.get(found).text
    assert "现金：收到 ¥120.00" in page
    for _ in range(2):
        assert staff.post(f"{found}/payment", data=csrf(staff) | {"by": by}).status_code == 303
    page = staff.get(found).text
    assert page.count("paper-code") == 2
    assert "收到现金" not in page
    assert world.desk.read_now(verify) == []


def test_what_lapsed_is_said_and_nothing_is_booked(world: Stage, staff: Client) -> None:
    placed = reserved(world)
    world.desk.write_now(give_up, placed.order.secret)
    path = f"/office/orders/{placed.order.number}"
    answer = staff.post(f"{path}/payment", data=csrf(staff) | {"by": "counter"})
    assert answer.status_code == 409
    assert "不能收款" in answer.text
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize(
    ("number", "by", "status"), [("NHNONE", "counter", 404), ("", "gold", 422)]
)
def test_nonsense_is_refused(
    world: Stage, staff: Client, number: str, by: str, status: int
) -> None:
    number = number or reserved(world).order.number
    answer = staff.post(f"/office/orders/{number}/payment", data=csrf(staff) | {"by": by})
    assert answer.status_code == status


def test_a_counter_sale_may_be_paid_by_the_desks_code(world: Stage, staff: Client) -> None:
    path = f"/office/performances/{world.slug(world.performance)}"
    sale = {
        "seats": world.seats(2), "type-stool": "funded", "expected": "12000", "key": "k",
        "do": "sell", "by": "desk_qr",
    }  # fmt: skip
    assert staff.post(f"{path}/sales", data=csrf(staff) | sale).status_code == 303
    gateways = world.ask(sa.text("SELECT gateway FROM payment")).scalars()
    assert list(gateways) == ["desk_qr"]
    assert world.desk.read_now(verify) == []
