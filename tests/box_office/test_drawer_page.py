"""The drawers' page, through its doors."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.audit.verify import verify
from ticketing.ledger.models import Posting


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


def opened(client: Client, opening: str = "200") -> str:
    """Open a drawer and return its address."""
    client.post("/office/drawers", data=csrf(client) | {"name": "", "opening": opening})
    page = client.get("/office/drawers").text
    return str(re.findall(r'action="(/office/drawers/[^"]+)/closing"', page)[0])


def test_a_count_far_off_is_asked_for_again_and_kept(world: Stage, staff: Client) -> None:
    path = opened(staff, "290,20")
    form = csrf(staff) | {"closing": "25050"}
    asked = staff.post(f"{path}/closing", data=form)
    assert asked.status_code == 409
    assert 'value="25050"' in asked.text
    assert world.ask(sa.select(sa.func.count(Posting.entry))).scalar_one() == 0
    sure = re.findall(r'name="sure" value="(\d+)"', asked.text)[0]
    assert (
        staff.post(f"{path}/closing", data=form | {"closing": "250", "sure": sure}).status_code
        == 409
    )
    assert staff.post(f"{path}/closing", data=form | {"sure": sure}).status_code == 303
    assert world.desk.read_now(verify) == []


def test_a_count_that_is_off_by_little_is_booked_at_once(staff: Client) -> None:
    path = opened(staff, "290.20")
    assert staff.post(f"{path}/closing", data=csrf(staff) | {"closing": "289"}).status_code == 303


def test_an_organiser_corrects_a_closed_drawer_and_the_books_say_so(
    world: Stage, staff: Client
) -> None:
    path = opened(staff)
    staff.post(f"{path}/closing", data=csrf(staff) | {"closing": "195"})
    fix = {"closing": "200", "why": "五元夹在单据里"}
    assert staff.post(f"{path}/correction", data=csrf(staff) | fix).status_code == 403
    with office(world, Role.ORGANISER) as organiser:
        wrong = organiser.post(f"{path}/correction", data=csrf(organiser) | fix | {"why": ""})
        assert (wrong.status_code, 'value="200"' in wrong.text) == (422, True)
        once, again = (
            organiser.post(f"{path}/correction", data=csrf(organiser) | fix) for _ in "12"
        )
        assert once.status_code == again.status_code == 303
        page = organiser.get(again.headers["location"]).text
    assert "¥195.00 → ¥200.00 · 五元夹在单据里 · Mei" in page
    drawer = path.rpartition("/")[2]
    moves = world.ask(
        sa.select(Posting.debit, Posting.credit, Posting.amount).where(
            Posting.entry.startswith(f"drawer:{drawer}:")
        )
    )
    assert sorted(tuple(move) for move in moves) == [
        ("bank", "cash", 500), ("cash", "cash_differences", 500),
    ]  # fmt: skip
    assert world.desk.read_now(verify) == []


def test_an_open_drawer_has_nothing_to_correct(world: Stage) -> None:
    with office(world, Role.ORGANISER) as organiser:
        path = opened(organiser)
        data = csrf(organiser) | {"closing": "1", "why": "x"}
        assert organiser.post(f"{path}/correction", data=data).status_code == 409
        missing = "/office/drawers/none/correction"
        assert organiser.post(missing, data=data).status_code == 404
