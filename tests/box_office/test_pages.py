"""The counter as it is used: pick, take cash, print."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.foundation.codes import shown_short
from ticketing.orders.models import Order
from ticketing.programme.pause import pause
from ticketing.tickets.models import Ticket


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.BOX_OFFICE) as client:
        yield client


def path(world: Stage, rest: str, performance: str = "") -> str:
    return f"/office/performances/{world.slug(performance or world.performance)}{rest}"


def sell(client: Client, world: Stage, seats: list[str], **form: Any) -> httpx.Response:
    """Post the form; ¥60 a stool, unless something else is said."""
    fields = csrf(client) | {
        "seats": seats, "type-stool": "funded", "expected": str(6000 * len(seats)), "do": "sell",
        "key": "one click",
    }  # fmt: skip
    return client.post(path(world, "/sales"), data=fields | form)


def picked(page: httpx.Response) -> list[str]:
    return re.findall(r'name="seats" value="([^"]+)"[^>]* checked', page.text)


def tickets(world: Stage) -> int:
    return int(world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one())


def test_a_sale_leads_to_its_tickets(world: Stage, staff: Client) -> None:
    answer = sell(staff, world, world.seats(2))
    (number,) = world.ask(sa.select(Order.number)).scalars()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/office/orders/{number}")
    page = staff.get(f"/office/orders/{number}")
    for short in world.ask(sa.select(Ticket.short)).scalars():
        assert shown_short(short) in page.text
    assert page.text.count('class="paper-code"') == 2
    assert page.headers["cache-control"] == "no-store"


def test_a_doubled_click_sells_once(world: Stage, staff: Client) -> None:
    first, second = (sell(staff, world, world.seats(2)) for _ in "12")
    assert first.headers["location"] == second.headers["location"]
    assert tickets(world) == 2


def test_each_tier_is_sold_with_its_ticket_type(world: Stage, staff: Client) -> None:
    seats = world.seats(1) + world.seats(1, "chair")
    more = {"type-stool": "full", "type-chair": "funded", "expected": "19000"}
    assert sell(staff, world, seats, **more).status_code == 303


def test_the_total_is_said_before_anything_is_sold(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    page = sell(staff, world, seats, do="quote", expected="", **{"type-stool": "full"})
    assert sorted(picked(page)) == sorted(seats)
    assert 'name="expected" value="24000"' in page.text
    assert tickets(world) == 0


def test_another_total_than_was_said_is_refused(world: Stage, staff: Client) -> None:
    answer = sell(staff, world, world.seats(2), expected="100")
    assert answer.status_code == 409
    assert "价格和你看到的不同" in answer.text
    assert tickets(world) == 0


def test_a_seat_that_went_is_named_and_the_others_stay_picked(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    world.buy(seats[:1])
    answer = sell(staff, world, seats)
    assert answer.status_code == 409
    assert "有 1 个座位刚被别人选走，请换几个。（北侧矮凳 1 号）" in answer.text
    assert picked(answer) == seats[1:]


def test_the_best_seats_come_picked(world: Stage, staff: Client) -> None:
    page = staff.get(path(world, "/counter?best=4&section=chair"))
    assert len(picked(page)) == 4
    assert page.text.count('class="place seat chair mine"') == 4
    assert 'name="expected" value="28000"' in page.text


def test_places_without_numbers_are_sold_by_how_many(world: Stage, staff: Client) -> None:
    page = staff.get(path(world, "/counter?best=3", world.lawn))
    seats = re.findall(r'name="seats" value="([^"]+)"', page.text)
    form = csrf(staff) | {"seats": seats, "expected": "0", "do": "sell", "key": "one click"}
    assert staff.post(path(world, "/sales", world.lawn), data=form).status_code == 303
    assert tickets(world) == 3


def test_a_paused_sale_says_so_and_offers_no_till(world: Stage, staff: Client) -> None:
    world.desk.write_now(pause, world.performance, by="test")
    page = staff.get(path(world, "/counter"))
    assert "这一场暂停售票" in page.text
    assert 'name="seats"' not in page.text
    assert sell(staff, world, world.seats(1)).status_code == 409


def test_a_buyer_may_leave_a_name_and_a_number(world: Stage, staff: Client) -> None:
    answer = sell(staff, world, world.seats(1), name="<b>陈静\u202e</b>", phone="+86 138 0000 1234")
    page = staff.get(answer.headers["location"]).text
    assert "13800001234" in page
    assert "<b>陈静" not in page
    assert "<b>陈静</b>" in unescape(page)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"expected": "-6000"}, 422),
        ({"expected": "6e3"}, 422),
        ({"key": "x" * 1000}, 422),
        ({"key": ""}, 422),
        ({"name": "陈\u0000静"}, 422),
        ({"name": "静" * 81}, 422),
        ({"phone": "12345"}, 422),
        ({"_csrf_token": "x"}, 403),
    ],
)
def test_a_form_that_makes_no_sense_sells_nothing(
    world: Stage, staff: Client, form: dict[str, Any], status: int
) -> None:
    assert sell(staff, world, world.seats(1), **form).status_code == status
    assert tickets(world) == 0


@pytest.mark.parametrize("seats", [[], ["nothing"], [f"seat {n}" for n in range(1000)]])
def test_seats_that_make_no_sense_are_refused(
    world: Stage, staff: Client, seats: list[str]
) -> None:
    assert sell(staff, world, seats).status_code == 422
    assert tickets(world) == 0


def test_a_seat_twice_or_of_another_room_is_refused(world: Stage, staff: Client) -> None:
    (seat,) = world.seats(1)
    on_the_lawn = world.hold_on_the_lawn(1).seats
    assert sell(staff, world, [seat, seat]).status_code == 422
    assert sell(staff, world, on_the_lawn).status_code == 422
    assert tickets(world) == 0


@pytest.mark.parametrize("best", ["-1", "x", "9" * 40, "1.5"])
def test_a_number_that_makes_no_sense_is_refused(world: Stage, staff: Client, best: str) -> None:
    assert staff.get(path(world, f"/counter?best={best}")).status_code == 422


def test_more_seats_than_are_together_are_refused(world: Stage, staff: Client) -> None:
    answer = staff.get(path(world, "/counter?best=200"))
    assert answer.status_code == 409
    assert "没有 200 个挨在一起的座位了" in answer.text


def test_another_ones_order_number_opens_nothing(staff: Client) -> None:
    assert staff.get("/office/orders/NH00000000").status_code == 404


def test_an_usher_sells_nothing(world: Stage) -> None:
    with office(world, Role.USHER) as client:
        assert client.get(path(world, "/counter")).status_code == 403
        assert client.post(path(world, "/sales"), data={"do": "sell"}).status_code == 403
        assert client.get("/office/orders/NH00000000").status_code == 403
