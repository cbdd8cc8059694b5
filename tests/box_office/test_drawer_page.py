"""The drawers' page, through its doors."""

import re
from collections.abc import Iterator

import pytest

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.reports.invariants import verify


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.BOX_OFFICE) as client:
        yield client


def test_a_drawer_is_opened_sold_from_counted_and_closed(world: Stage, staff: Client) -> None:
    counter = f"/office/performances/{world.slug(world.performance)}"
    assert "还没开钱箱" in staff.get(f"{counter}/counter").text
    opening = csrf(staff) | {"name": "门口", "opening": "￥200"}
    assert staff.post("/office/drawers", data=opening).status_code == 303
    assert "还没开钱箱" not in staff.get(f"{counter}/counter").text
    sale = {"seats": world.seats(2), "type-stool": "funded", "expected": "12000", "key": "k"}
    staff.post(f"{counter}/sales", data=csrf(staff) | sale | {"do": "sell", "by": "counter"})
    page = staff.get("/office/drawers").text
    assert "320.00" not in page  # the count is blind
    path = re.findall(r'action="(/office/drawers/[^"]+/closing)"', page)[0]
    for _ in range(2):
        data = csrf(staff) | {"closing": "319.50"}
        assert staff.post(path, data=data).status_code == 303
    page = staff.get("/office/drawers").text
    assert "¥320.00" in page
    assert "−¥0.50 少了" in page
    sheet = staff.get("/en/office/drawers.csv").text
    assert "200.00,120.00,0.00,320.00,319.50,-0.50" in sheet
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize("opening", ["", "eighty", "-5", "1.234", "99999999"])
def test_nonsense_is_said_and_kept(staff: Client, opening: str) -> None:
    answer = staff.post("/office/drawers", data=csrf(staff) | {"name": "门口", "opening": opening})
    assert answer.status_code == 422
    assert "80.50" in answer.text
    assert 'value="门口"' in answer.text


def test_who_sells_sees_the_own_drawer_alone(world: Stage, staff: Client) -> None:
    staff.post("/office/drawers", data=csrf(staff) | {"name": "门口", "opening": "200"})
    path = re.findall(
        r'action="(/office/drawers/[^"]+/closing)"', staff.get("/office/drawers").text
    )
    with office(world, Role.ORGANISER) as organiser:
        assert "门口" in organiser.get("/office/drawers").text
        with office(world, Role.ADMIN):
            pass
        data = csrf(organiser) | {"closing": "200"}
        assert organiser.post(path[0], data=data).status_code == 303
