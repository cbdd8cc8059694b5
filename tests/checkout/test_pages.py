"""From seats to tickets as a browser without script does it: forms, redirects, sentences."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import Answer, doors, fields
from stage import Stage, stage
from ticketing.checkout.lapse import lapse
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.orders.models import Order

Client = TestClient[Any]
MAIL = "chen@example.com"


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


@pytest.fixture
def later(world_url: str) -> Iterator[tuple[Stage, Client, SetClock]]:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    world = stage(desk)
    with doors(world, clock) as client:
        yield world, client, clock
    desk.close()


def order(client: Client, path: str, to: str = MAIL, **more: str) -> Answer:
    """Open the checkout page and send its form."""
    shown = fields(client.get(path))
    return client.post(path, data={**shown, "to": to, "pay": "play", **more})


def pay(client: Client, path: str, outcome: str = "pay") -> Answer:
    return client.post(path, data={"outcome": outcome})


def checkout(world: Stage, count: int = 2) -> str:
    return f"/checkout/{world.hold(world.seats(count)).token}"


def test_the_form_leads_to_the_payment_and_on_to_the_tickets(world: Stage, client: Client) -> None:
    payment = order(client, checkout(world))
    assert payment.status_code == 303
    assert "¥120.00" in client.get(payment.headers["location"]).text
    paid = pay(client, payment.headers["location"])
    page = client.get(paid.headers["location"])
    assert "两张票" in page.text
    assert page.text.count('class="short"') == 2 * 2  # on the ticket, and enlarged
    assert page.headers["cache-control"] == "no-store"


def test_the_whole_way_stays_in_english(world: Stage, client: Client) -> None:
    payment = order(client, f"/en{checkout(world)}")
    assert payment.headers["location"].startswith("/en/payments/play/")
    paid = pay(client, payment.headers["location"])
    assert paid.headers["location"].startswith("/en/orders/")
    assert "Two tickets" in client.get(paid.headers["location"]).text


def test_a_form_sent_twice_is_one_order(world: Stage, client: Client) -> None:
    path = checkout(world)
    shown = {**fields(client.get(path)), "to": MAIL, "pay": "play"}
    first, second = client.post(path, data=shown), client.post(path, data=shown)
    assert first.headers["location"] == second.headers["location"]
    assert world.ask(sa.select(sa.func.count()).select_from(Order)).scalar_one() == 1


def test_who_comes_back_after_ordering_is_led_to_the_order(world: Stage, client: Client) -> None:
    path = checkout(world)
    order(client, path)
    assert client.get(path).headers["location"].startswith("/orders/")
    again = client.post(path, data={"key": "another", "to": MAIL, "pay": "play", "total": "12000"})
    assert again.headers["location"].startswith("/orders/")


@pytest.mark.parametrize("to", ["", "12345", "chen@", "chen@example", "<script>alert(1)</script>"])
def test_a_wrong_address_shows_the_form_with_what_was_typed(
    world: Stage, client: Client, to: str
) -> None:
    answer = order(client, checkout(world), to)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<script>alert" not in answer.text
    assert world.ask(sa.select(Order.id)).all() == []


@pytest.mark.parametrize("to", ["138 0000 1234", "+8613800001234", "１３８００００１２３４"])
def test_a_mobile_number_is_enough(world: Stage, client: Client, to: str) -> None:
    order(client, checkout(world), to)
    assert world.ask(sa.select(Order.buyer_phone)).scalar_one() == "13800001234"


def test_another_ticket_type_is_counted_before_it_is_paid(world: Stage, client: Client) -> None:
    path = checkout(world)
    shown = fields(client.get(path))
    name = next(key for key in shown if key.startswith("type-"))
    changed = {**shown, name: "full", "to": MAIL, "pay": "play"}
    refused = client.post(path, data=changed)
    assert (refused.status_code, "¥180.00" in refused.text) == (409, True)
    recounted = client.post(path, data={**changed, "do": "recount"})
    assert (recounted.status_code, "¥180.00" in recounted.text) == (200, True)
    assert order(client, path, **{name: "full"}, total="18000").status_code == 303


@pytest.mark.parametrize("total", ["", "-1", "1.5", "9" * 40, "abc"])
def test_an_odd_total_is_refused(world: Stage, client: Client, total: str) -> None:
    assert order(client, checkout(world), total=total).status_code == 422
    assert world.ask(sa.select(Order.id)).all() == []


def test_a_declined_payment_can_be_tried_again(world: Stage, client: Client) -> None:
    first = order(client, checkout(world)).headers["location"]
    page = pay(client, first, "decline").headers["location"]
    assert "付款没有成功" in client.get(page).text
    second = client.post(f"{page}/payments", data={"pay": "play"}).headers["location"]
    assert second != first
    assert client.post(f"{page}/payments", data={"pay": "play"}).headers["location"] == second
    pay(client, second)
    assert "两张票" in client.get(page).text


def test_a_settled_payment_hears_nothing_more(world: Stage, client: Client) -> None:
    path = order(client, checkout(world)).headers["location"]
    pay(client, path, "decline")
    pay(client, path)
    assert world.ask(sa.select(Order.status)).scalar_one() == "awaiting_payment"


def test_an_odd_outcome_is_refused(world: Stage, client: Client) -> None:
    path = order(client, checkout(world)).headers["location"]
    assert pay(client, path, "steal").status_code == 422


def test_outside_a_demo_there_is_no_play_gateway(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1, skip=5)))
    with doors(world, demo=False) as client:
        assert client.get(f"/payments/play/{placed.payment_id}").status_code == 404
        assert pay(client, f"/payments/play/{placed.payment_id}").status_code == 404
        assert order(client, checkout(world)).status_code == 422


def test_a_free_order_needs_no_payment(world: Stage, client: Client) -> None:
    answer = order(client, f"/checkout/{world.hold_on_the_lawn(3).token}")
    assert answer.headers["location"].startswith("/orders/")
    assert "三张票" in client.get(answer.headers["location"]).text


def test_a_lapsed_hold_is_answered_kindly(later: tuple[Stage, Client, SetClock]) -> None:
    world, client, clock = later
    path = checkout(world)
    clock.forward(16 * MINUTE)
    for answer in (client.get(path), client.post(path, data={"to": MAIL, "total": "12000"})):
        assert answer.status_code == 409
        assert f"/performances/{world.slug(world.performance)}/seats" in answer.text


def renew(client: Client, path: str, **typed: str) -> Answer:
    """Press the button: it sends the page's form along."""
    return client.post(path, data={**fields(client.get(path)), **typed, "do": "renew"})


def longer(page: Answer) -> bool:
    """Say whether the page offers to keep the seats longer, in plain sight."""
    return 'class="longer"' in page.text


def test_near_its_end_a_hold_can_be_kept_longer(later: tuple[Stage, Client, SetClock]) -> None:
    world, client, clock = later
    path = checkout(world)
    assert not longer(client.get(path))
    for _ in range(2):
        clock.forward(13 * MINUTE)
        assert longer(client.get(path))
        assert not longer(renew(client, path))
    clock.forward(13 * MINUTE)
    assert re.search(r"<span data-no-more>不能再延长", client.get(path).text)
    assert renew(client, path).status_code == 200


def test_a_button_pressed_twice_renews_once(later: tuple[Stage, Client, SetClock]) -> None:
    world, client, _ = later
    path = checkout(world)
    token = path.rpartition("/")[2]
    for _ in range(2):
        client.post(f"/holds/{token}/renewals", data={"key": "pressed"})
    assert client.get(f"/api/holds/{token}").json()["renewals_left"] == 1


def test_who_chose_on_the_seat_page_comes_back_to_it(world: Stage, client: Client) -> None:
    path, slug = checkout(world), world.slug(world.performance)
    token = path.rpartition("/")[2]
    for show, seats in (
        (slug, f"/performances/{slug}/seats?hold={token}"),
        ("//evil.example/\r\nx: y", "/performances/%2F%2Fevil.example%2F%0D%0A"),
    ):
        back = client.post(f"/holds/{token}/renewals", data={"key": show, "show": show})
        assert back.headers["location"].startswith(seats)


def test_seats_that_nobody_took_can_be_had_again(later: tuple[Stage, Client, SetClock]) -> None:
    world, client, clock = later
    path = checkout(world)
    clock.forward(20 * MINUTE)
    page = client.get(path).text
    assert "《</span>天地树" in page
    assert "北侧矮凳 1、2 号" in page
    assert "再留 15 分钟" in page
    assert renew(client, path).status_code == 200
    clock.forward(20 * MINUTE)
    world.hold(world.seats(2))
    page = client.get(path).text
    assert "再留 15 分钟" not in page
    assert "现在是别人的了" in page


WRITTEN = {"to": "chen@example.com", "pay": "counter", "code": "LAKE"}


@pytest.mark.parametrize("lang", ["", "/en"])
def test_what_was_typed_outlives_the_hold_without_a_script(
    later: tuple[Stage, Client, SetClock], lang: str
) -> None:
    world, client, clock = later
    path = lang + checkout(world)
    shown = fields(client.get(path))
    clock.forward(16 * MINUTE)
    over = client.post(path, data={**shown, **WRITTEN, "row:0": "full"})
    assert over.status_code == 409
    page = client.post(path, data=fields(over)).text
    assert 'name="to"' in page
    assert 'value="chen@example.com"' in page
    assert re.search(r'value="counter"[^>]* checked', page)
    assert re.search(r'<select[^>]* name="row:0".*?<option value="full" selected', page, re.DOTALL)
    assert 'value="LAKE"' in page


def test_one_choice_is_for_the_whole_row_and_a_seat_may_differ(
    world: Stage, client: Client
) -> None:
    path = checkout(world, 4)
    shown = fields(client.get(path))
    assert [name for name in shown if name.startswith("row:")] == ["row:0"]
    (first, *_) = [name for name in shown if name.startswith("type-")]
    for change, total in (({"row:0": "full"}, 48000), ({first: "full"}, 30000)):
        page = client.post(path, data={**shown, **change, "do": "recount"})
        assert fields(page)["total"] == str(total)
        assert fields(page).items() >= change.items()
    assert order(client, path, **{first: "full"}, total="30000").status_code == 303


def test_a_buyers_limit_is_said_on_the_form(world: Stage, client: Client) -> None:
    for n in range(2):
        order(client, f"/checkout/{world.hold(world.seats(12, skip=12 * n)).token}")
    answer = order(client, f"/checkout/{world.hold(world.seats(2, skip=24)).token}")
    assert (answer.status_code, "还可以买 0 张" in answer.text) == (409, True)


def test_an_order_whose_time_is_over_says_so(later: tuple[Stage, Client, SetClock]) -> None:
    world, client, clock = later
    placed = world.place(world.hold(world.seats(1)))
    clock.forward(16 * MINUTE)
    assert "座位已放回" in client.get(f"/orders/{placed.order.secret}").text
    pressed = client.post(f"/orders/{placed.order.secret}/payments", data={"pay": "play"})
    assert pressed.headers["location"] == f"/orders/{placed.order.secret}"


def test_money_that_came_too_late_is_shown_as_returned(
    later: tuple[Stage, Client, SetClock],
) -> None:
    world, client, clock = later
    seats = world.seats(1)
    placed = world.place(world.hold(seats))
    clock.forward(16 * MINUTE)
    world.desk.write_now(lapse, placed.order.id)
    world.take_all()
    page = client.get(pay(client, f"/payments/play/{placed.payment_id}").headers["location"])
    assert "钱已退回" in page.text
    assert "¥60.00" in page.text


def test_the_tickets_are_sent_again_but_not_twice_a_minute(
    later: tuple[Stage, Client, SetClock],
) -> None:
    world, client, clock = later
    mails = f"/orders/{world.buy(world.seats(1)).order.secret}/mails"
    assert client.post(mails).status_code == 429
    clock.forward(2 * MINUTE)
    sent = client.get(client.post(mails).headers["location"])
    assert "c***@example.com" in sent.text


@pytest.mark.parametrize("path", ["/orders/", "/checkout/", "/payments/play/"])
def test_an_unknown_secret_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{path}nothing").status_code == 404
    assert client.post(
        f"{path}nothing", data={"outcome": "pay", "to": MAIL, "total": "1"}
    ).status_code in (404, 405)


def test_a_page_for_those_who_lost_their_link(client: Client) -> None:
    assert "找不到票" in client.get("/orders").text
