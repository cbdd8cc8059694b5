"""The till: a ticket type for each seat, who buys, cash that is given and what is handed back."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from box_office.test_pages import sell, tickets
from office import Client, csrf, office
from some_halls import a_hall, a_seat
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.box_office.counter import ByHand, none_left
from ticketing.desk.outbox import Letter
from ticketing.inventory.hold_request import HouseFull
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.gateways.counter import COUNTER


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.BOX_OFFICE) as client:
        yield client


def sold(world: Stage) -> dict[str, str]:
    """Return the ticket types that were sold, by seat."""
    rows = world.ask(sa.select(OrderLine.seat_id, OrderLine.ticket_type))
    return {row.seat_id: row.ticket_type for row in rows}


def test_each_seat_of_a_sale_has_its_own_ticket_type(world: Stage, staff: Client) -> None:
    full, funded = world.seats(2)
    form = {"type-stool": "funded", f"type-{full}": "full", "expected": "18000"}
    assert sell(staff, world, [full, funded], **form).status_code == 303
    assert sold(world) == {full: "full", funded: "funded"}


def test_without_a_script_the_types_are_chosen_after_the_seats(world: Stage, staff: Client) -> None:
    one, two = world.seats(2)
    page = sell(staff, world, [one, two], do="quote", **{f"type-{one}": "full"}).text
    assert 'name="expected" value="18000"' in page
    assert re.findall(r'<select class="select" name="type-([0-9a-f-]{36})"', page) == [one, two]
    everyone = {f"type-{one}": "full", f"type-{two}": "funded", "usual-stool": "funded"}
    page = sell(staff, world, [one, two], do="quote", **everyone | {"type-stool": "full"}).text
    assert 'name="expected" value="24000"' in page  # their section's type was changed for all


def test_a_ticket_type_that_is_not_there_sells_nothing(world: Stage, staff: Client) -> None:
    (seat,) = world.seats(1)
    assert sell(staff, world, [seat], **{f"type-{seat}": "nobody"}).status_code in (409, 422)
    assert tickets(world) == 0


@pytest.mark.parametrize("contact", [{"email": "Mei@Example.org"}, {"phone": "138 0000 1234"}])
def test_who_buys_at_the_counter_can_be_told(
    world: Stage, staff: Client, contact: dict[str, str]
) -> None:
    assert sell(staff, world, world.seats(1), name="陈静", **contact).status_code == 303
    order = world.ask(sa.select(Order.__table__)).one()
    assert (order.buyer_name, order.buyer_phone, order.buyer_email) == (
        "陈静", "13800001234" if "phone" in contact else "",
        "mei@example.org" if "email" in contact else "",
    )  # fmt: skip
    letters = world.ask(sa.select(sa.func.count()).select_from(Letter)).scalar_one()
    assert letters == ("email" in contact)


@pytest.mark.parametrize("wrong", [{"email": "mei@"}, {"given": "1,234"}, {"given": "50"}])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: Stage, staff: Client, wrong: dict[str, str]
) -> None:
    typed = {"name": "陈静", "email": "mei@example.org", "given": "100"} | wrong
    answer = sell(staff, world, world.seats(1), **typed)
    assert answer.status_code == 422
    assert all(f'value="{text}"' in answer.text for text in typed.values())
    assert tickets(world) == 0


def test_the_change_is_said_before_and_after_the_sale(world: Stage, staff: Client) -> None:
    form: dict[str, Any] = {"given": "100,00", "by": "counter"}
    before = sell(staff, world, world.seats(1), do="quote", **form).text
    assert re.search(r"找零</span><b>¥40<", before)
    after = staff.get(sell(staff, world, world.seats(1), **form).headers["location"]).text
    assert "找零 ¥40.00" in after


def test_a_reservation_paid_in_cash_says_the_change_too(world: Stage, staff: Client) -> None:
    number = world.place(world.hold(world.seats(1)), gateway=COUNTER).order.number
    pay = f"/office/orders/{number}/payment"
    short = staff.post(pay, data=csrf(staff) | {"by": "counter", "given": "50"})
    assert (short.status_code, "还差 ¥10.00" in short.text) == (422, True)
    taken = staff.post(pay, data=csrf(staff) | {"by": "counter", "given": "100"})
    assert "找零 ¥40.00" in staff.get(taken.headers["location"]).text


def test_wheelchair_places_are_said_to_be_picked_by_hand() -> None:
    row = [
        a_seat(1, n, attributes=(kind,)) for n, kind in enumerate(["wheelchair", "companion"] * 3)
    ]
    plan = a_hall(*row, a_seat(0, 1, section="stalls"), a_seat(0, 1, section="balcony"))
    assert isinstance(none_left(plan, set(), 2, {"stalls"}), ByHand)
    for taken, sections in (({seat.id for seat in row}, set[str]()), (set(), {"balcony"})):
        assert type(none_left(plan, taken, 2, sections)) is HouseFull
