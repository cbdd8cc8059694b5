"""The seat page as a browser without script uses it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import Answer, doors
from stage import Stage, stage
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import DAY, MINUTE, SetClock, SystemClock
from ticketing.programme.models import Performance
from ticketing.programme.pause import pause
from ticketing.seating.queries import plan as read_plan

Client = TestClient[Any]


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def path(world: Stage, performance: str = "") -> str:
    return f"/performances/{world.slug(performance or world.performance)}"


def hold(client: Client, address: str, **form: Any) -> Answer:
    return client.post(f"{address}/holds", data=form)


def plan_id(world: Stage) -> str:
    query = sa.select(Performance.plan_id).where(Performance.id == world.performance)
    return str(world.ask(query).scalar_one())


def ticked(page: Answer) -> set[str]:
    return set(re.findall(r'name="seats" value="([^"]+)"[^>]* checked', page.text))


def disabled(page: Answer) -> set[str]:
    return set(re.findall(r'name="seats" value="([^"]+)"[^>]* disabled', page.text))


def test_the_map_and_the_list_show_the_same_house(world: Stage, client: Client) -> None:
    sold, held = world.seats(2), world.seats(1, skip=4)
    world.buy(sold)
    world.hold(held)
    page = client.get(f"{path(world)}/seats")
    assert page.headers["cache-control"] == "no-store"
    assert disabled(page) == {*sold, *held}
    for seat, state in ((sold[0], "sold"), (held[0], "held")):
        assert re.search(rf'class="place seat stool {state}"[^>]*data-seat="{seat}"', page.text)


def test_ticked_seats_lead_to_the_checkout(world: Stage, client: Client) -> None:
    seats = world.seats(2)
    answer = hold(client, path(world), seats=seats)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/checkout/")
    assert "两个座位" in client.get(answer.headers["location"]).text


def test_the_best_seats_are_found_without_a_script(world: Stage, client: Client) -> None:
    answer = hold(client, f"/en{path(world)}", do="best", quantity="3")
    assert "Three seats" in client.get(answer.headers["location"]).text


def test_a_clash_shows_the_form_again_and_names_the_seat(world: Stage, client: Client) -> None:
    seats = world.seats(2)
    world.hold(seats[:1])
    answer = hold(client, path(world), seats=seats)
    assert answer.status_code == 409
    assert "矮凳 1 号）" in answer.text
    assert ticked(answer) == {seats[1]}


def test_the_nearest_equal_seats_can_be_had_without_a_script(world: Stage, client: Client) -> None:
    seats = world.seats(3)
    world.hold(seats[1:2])
    refused = hold(client, path(world), seats=seats[1:])
    form = re.search(r'<form[^>]* class="offer">.*?</form>', refused.text, re.DOTALL)
    assert form
    assert "换这 2 个" in form[0]
    offer = re.findall(r'name="seats" value="([^"]+)"', form[0])
    answer = hold(client, path(world), seats=offer)
    assert "两个座位" in client.get(answer.headers["location"]).text


def test_a_seat_left_single_shows_the_form_again_with_the_one_beside(
    world: Stage, client: Client
) -> None:
    seats = world.seats(12)
    refused = hold(client, f"/en{path(world)}", seats=seats[10])
    assert refused.status_code == 422
    assert "a single seat on its own" in refused.text
    form = re.search(r'<form[^>]* class="offer">.*?</form>', refused.text, re.DOTALL)
    assert form
    assert re.findall(r'name="seats" value="([^"]+)"', form[0]) == [seats[9]]
    assert "Take this one" in form[0]
    assert hold(client, path(world), seats=seats[9]).status_code == 303


def test_a_party_that_is_split_sees_where_it_sits_before_it_goes_on(
    world: Stage, client: Client
) -> None:
    plan = world.desk.read_now(read_plan, plan_id(world))
    for block in plan.blocks:
        world.hold([block[len(block) // 2].id])
    answer = hold(client, path(world), do="best", quantity="8")
    assert answer.status_code == 303
    page = client.get(answer.headers["location"])
    assert "这 8 个座位没有全连着，分在 2 处" in page.text
    assert re.search(r'class="btn go" href="/checkout/', page.text)


def test_a_choice_can_be_changed(world: Stage, client: Client) -> None:
    seats = world.seats(4)
    token = world.hold(seats[:2]).token
    assert ticked(client.get(f"{path(world)}/seats?hold={token}")) == set(seats[:2])
    answer = hold(client, path(world), seats=seats[2:], hold=token)
    assert answer.headers["location"] == f"/checkout/{token}"
    assert ticked(client.get(f"{path(world)}/seats?hold={token}")) == set(seats[2:])


def test_other_best_seats_replace_the_old_choice(world: Stage, client: Client) -> None:
    seats = world.seats(2)
    hold(client, path(world), do="best", quantity="1", hold=world.hold(seats).token)
    assert world.hold(seats).seats == sorted(seats)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"seats": ["nope"]},
        {"seats": [str(n) for n in range(1000)]},
        {"do": "best"},
        {"do": "best", "quantity": "-1"},
        {"do": "best", "quantity": "²"},
        {"do": "best", "quantity": "13"},
        {"do": "best", "quantity": "9" * 5000},
        {"seats": ["<script>alert(1)</script>"], "hold": "<script>"},
    ],
)
def test_odd_forms_are_answered_with_the_page_and_a_sentence(
    world: Stage, client: Client, form: dict[str, Any]
) -> None:
    answer = hold(client, path(world), **form)
    assert answer.status_code in (409, 422)
    assert 'class="refusal" role="alert"' in answer.text
    assert "<script>alert" not in answer.text


def test_a_foreign_hold_is_ignored(world: Stage, client: Client) -> None:
    lawn = world.hold_on_the_lawn(2).token
    for token in (lawn, "nobody's"):
        assert ticked(client.get(f"{path(world)}/seats?hold={token}")) == set()
    assert hold(client, path(world), seats=world.seats(1), hold=lawn).status_code == 303


def test_a_paused_sale_shows_the_map_and_offers_nothing(world: Stage, client: Client) -> None:
    world.desk.write_now(pause, world.performance, by="test")
    page = client.get(f"{path(world)}/seats")
    assert "暂停售票" in page.text
    assert "<button class=" not in page.text
    assert hold(client, path(world), seats=world.seats(1)).status_code == 409


def test_before_the_sale_the_servers_countdown_stands(world_url: str) -> None:
    clock = SetClock(SystemClock().now() - 30 * DAY)
    desk = open_desk(world_url, clock)
    world = stage(desk)
    with doors(world, clock) as client:
        page = client.get(f"{path(world)}/seats")
    desk.close()
    assert re.search(rf'data-now="{clock.now()}"', page.text)
    assert "data-opens=" in page.text
    assert not re.search(r'role="checkbox"', page.text)


def test_places_without_numbers_need_only_how_many(world: Stage, client: Client) -> None:
    page = client.get(f"{path(world, world.lawn)}/seats")
    assert 'name="seats"' not in page.text
    answer = hold(client, path(world, world.lawn), do="best", quantity="4")
    assert "四张票" in client.get(answer.headers["location"]).text


def test_the_view_from_a_seat_is_a_picture_for_ever(world: Stage, client: Client) -> None:
    page = client.get(f"{path(world)}/seats")
    plan = re.search(r'data-plan="([^"]+)"', page.text)
    assert plan
    view = client.get(f"/plans/{plan[1]}/seats/{world.seats(1)[0]}/view.svg")
    assert view.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in view.headers["cache-control"]
    assert client.get(f"/plans/{plan[1]}/seats/nope/view.svg").status_code == 404
    assert client.get(f"/plans/nope/seats/{world.seats(1)[0]}/view.svg").status_code == 404


def test_a_hold_can_be_read_again_until_it_is_over(world_url: str) -> None:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    world = stage(desk)
    held = world.hold(world.seats(2))
    with doors(world, clock) as client:
        assert client.get(f"/api/holds/{held.token}").json()["seats"] == held.seats
        clock.forward(16 * MINUTE)
        assert client.get(f"/api/holds/{held.token}").status_code == 409
        assert client.get("/api/holds/nobody's").status_code == 404
    desk.close()
