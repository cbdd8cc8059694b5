"""The organiser tells of a change, cancels, and pays out by hand: each is seen before it is done."""

import asyncio
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from doors import doors
from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.caretaker import pay_back_cancelled
from ticketing.desk.outbox import Letter
from ticketing.orders.create import Buyer
from ticketing.payments.models import Refund
from ticketing.pricing.models import FreeReturn

TOLD = {"act": "tell", "zh": "主演换人", "en": "The lead has changed", "until": "2099-01-01T12:00"}


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def changes(world: Stage) -> str:
    return f"/office/performances/{world.slug(world.performance)}/changes"


def letters(world: Stage) -> list[str]:
    query = sa.select(Letter.template).where(Letter.template != "tickets")
    return list(world.ask(query).scalars())


def test_a_change_is_previewed_and_then_told(world: Stage, staff: Client) -> None:
    world.buy(world.seats(2))
    preview = staff.post(changes(world), data=csrf(staff) | TOLD)
    assert "写给 1 位" in preview.text
    assert "The lead has changed" in preview.text
    assert letters(world) == []
    done = staff.post(changes(world), data=csrf(staff) | TOLD | {"sure": "yes"})
    assert done.status_code == 303
    assert letters(world) == ["changed"]
    assert world.ask(sa.select(FreeReturn.reason)).scalar_one()["zh"] == "主演换人"


@pytest.mark.parametrize(
    "wrong", [{"zh": ""}, {"zh": "x" * 300}, {"until": ""}, {"until": "2001-01-01T00:00"}]
)
def test_a_change_that_says_nothing_changes_nothing(
    world: Stage, staff: Client, wrong: dict[str, str]
) -> None:
    world.buy(world.seats(2))
    page = staff.post(changes(world), data=csrf(staff) | TOLD | {"sure": "yes"} | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert letters(world) == []


def test_a_cancellation_is_counted_done_and_followed(world: Stage, staff: Client) -> None:
    world.buy(world.seats(2))
    world.sell_at_counter(world.seats(2, skip=6))
    wish = csrf(staff) | {"act": "cancel", "zh": "停电", "en": "No power"}
    preview = staff.post(changes(world), data=wish)
    assert "2 个订单" in preview.text
    assert "¥240" in preview.text
    assert staff.post(changes(world), data=wish | {"sure": "yes"}).status_code == 303
    asyncio.run(pay_back_cancelled(world.desk))
    page = staff.get(changes(world)).text
    assert "这一场已取消" in page
    assert letters(world) == ["returned"]
    assert "/office/payouts" in page


def test_what_cannot_go_back_by_itself_is_paid_out_once(world: Stage, staff: Client) -> None:
    number = world.sell_at_counter(world.seats(2))
    wish = csrf(staff) | {"act": "cancel", "zh": "停电", "sure": "yes"}
    staff.post(changes(world), data=wish)
    asyncio.run(pay_back_cancelled(world.desk))
    assert number in staff.get("/office/payouts").text
    (refund,) = world.ask(sa.select(Refund.id)).scalars()
    for _ in range(2):
        paid = staff.post(f"/office/payouts/{refund}", data=csrf(staff))
        assert paid.status_code == 303
    assert world.ask(sa.select(Refund.status)).scalar_one() == "paid_out"
    assert staff.post("/office/payouts/nothing", data=csrf(staff)).status_code == 404


def test_the_counter_may_not_cancel(world: Stage) -> None:
    with office(world, Role.BOX_OFFICE) as client:
        assert client.get(changes(world)).status_code == 403
        assert client.post(changes(world), data=csrf(client) | TOLD).status_code == 403
        assert client.get("/office/payouts").status_code == 403


def test_returned_seats_are_sold_together_at_a_time_that_the_page_says(world: Stage) -> None:
    slug = world.slug(world.performance)
    with office(world, Role.ORGANISER) as staff:
        for at, status, said in (
            ("2001-01-01T10:00", 422, "要在以后"), ("soon", 422, "请选一个时间"), ("2099-05-20T10:00", 303, ""),
        ):  # fmt: skip
            path = f"/office/performances/{slug}/returns"
            answer = staff.post(path, data=csrf(staff) | {"at": at})
            assert answer.status_code == status
            assert said in answer.text
        assert "统一开售" in staff.get(f"/office/performances/{slug}/changes").text
    with doors(world) as client:
        assert "5月20日 10:00" in client.get(f"/performances/{slug}").text


def test_what_was_told_stays_on_the_page(world: Stage, staff: Client) -> None:
    world.buy(world.seats(2))
    sent = staff.post(changes(world), data=csrf(staff) | TOLD | {"sure": "yes"})
    for _ in range(2):
        page = staff.get(sent.headers["location"]).text
        assert "写给 1 人" in page
        assert "免费退到" in page


def test_the_same_words_are_not_sent_twice_by_a_second_click(world: Stage, staff: Client) -> None:
    world.buy(world.seats(2))
    form = csrf(staff) | TOLD | {"sure": "yes"}
    staff.post(changes(world), data=form)
    again = staff.post(changes(world), data=form)
    assert (again.status_code, letters(world)) == (409, ["changed"])
    assert 'name="again"' in again.text
    staff.post(changes(world), data=form | {"again": "yes"})
    assert letters(world) == ["changed", "changed"]


def test_whom_no_letter_reaches_is_listed_to_be_rung(world: Stage, staff: Client) -> None:
    buyer = Buyer("王小河", "13900001111", "")
    world.pay(world.place(world.hold(world.seats(2)), buyer=buyer))
    number = world.sell_at_counter(world.seats(1, skip=5), "full")
    assert "13900001111" not in staff.get(changes(world)).text
    staff.post(changes(world), data=csrf(staff) | TOLD | {"act": "cancel", "sure": "yes"})
    page = staff.get(changes(world)).text
    assert 'href="tel:13900001111"' in page
    assert page.index("王小河") < page.index(number)
