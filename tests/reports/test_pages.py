"""The office as its people see it, by role."""

import csv
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.accounts.tokens import create_token
from ticketing.checkout.place import Placed
from ticketing.desk.outbox import Letter
from ticketing.foundation.clock import SetClock, iso
from ticketing.programme.models import Performance, Production
from ticketing.programme.on_sale import SalePaused
from ticketing.reports.sales import sales

LetIn = Callable[[Placed, int], None]
TRAP = "=1+1<script>alert('\u202e🎭\")</script>"


@pytest.fixture
def organiser(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def path(world: Stage, rest: str = "") -> str:
    return f"/office/performances/{world.slug(world.performance)}{rest}"


def rename(world: Stage, title: str) -> None:
    change = sa.update(Production).values(title={"zh": title, "en": title})
    world.desk.write_now(lambda tx, now: tx.execute(change))


def api(client: Client, world: Stage, role: Role, **query: str) -> Any:
    token = world.desk.write_now(create_token, "test", role, by="test")
    asked = {"performance": world.performance} | query
    headers = {"authorization": f"Bearer {token}"}
    return client.get("/api/reports/sales", params=asked, headers=headers)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_the_morning_shows_every_performance(world: Stage, organiser: Client) -> None:
    page = organiser.get("/office")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    for slug in world.ask(sa.select(Performance.slug)).scalars():
        assert f'href="/office/performances/{slug}"' in page.text


def test_the_morning_counts_what_was_sold(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(3))
    page = organiser.get("/office").text
    assert '<span class="big">3</span> <span class="muted">/ 150</span>' in page
    assert "3 / 48" in page
    assert "¥180" in page


def test_the_office_speaks_english_too(world: Stage, organiser: Client) -> None:
    page = organiser.get(f"/en{path(world)}").text
    assert "Tree of Heaven and Earth" in page
    rest = re.sub(r'<a [^>]*lang="zh-CN".*?</a>|惠剧', "", page)
    assert re.findall(r"[^<>]*[\u4e00-\u9fff][^<>]*", rest) == []


def test_the_box_office_sees_seats_and_no_money(world: Stage) -> None:
    world.buy(world.seats(3))
    with office(world, Role.BOX_OFFICE) as client:
        for page in (client.get("/office"), client.get(path(world))):
            assert page.status_code == 200
            assert "¥" not in page.text
        assert client.get(path(world, "/sales.csv")).status_code == 403
        assert client.post(path(world, "/pause"), data=csrf(client)).status_code == 403


def test_an_usher_has_no_office(world: Stage) -> None:
    with office(world, Role.USHER) as client:
        assert client.get("/office").status_code == 403
        assert client.get(path(world)).status_code == 403


def test_who_is_not_signed_in_is_led_to_the_entrance(world: Stage) -> None:
    with office(world, None) as client:
        assert client.get("/office").headers["location"].startswith("/sign-in")
        assert client.get(path(world, "/sales.csv")).status_code == 303


def test_a_performance_shows_its_figures_its_table_and_its_room(
    world: Stage, organiser: Client
) -> None:
    placed = world.buy(world.seats(2))
    page = organiser.get(path(world)).text
    for text in ("惠民价", "网上", "¥240.00", "¥120.00", "与每张票相加一致"):
        assert text in page
    assert page.count('class="place seat stool sold"') == 2
    assert placed.order.number not in page


def test_who_came_is_black_on_the_map_and_in_the_bars(world: Stage, let_in: LetIn) -> None:
    placed = world.buy(world.seats(2))
    show = world.desk.read_now(sales, world.performance, 0).performance
    let_in(placed, show.starts_at)
    with office(world, Role.ORGANISER, SetClock(show.ends_at)) as client:
        page = client.get(path(world)).text
    assert page.count('class="place seat stool arrived"') == 2
    assert re.search(r'<rect class="bars".*?>2</text>', page)


def test_books_that_disagree_are_shown(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(2))
    world.desk.write_now(lambda tx, now: tx.execute(sa.text("DELETE FROM posting")))
    assert "账目与票对不上" in organiser.get(path(world)).text
    assert "账目与票对不上" in organiser.get("/office").text


def test_an_unknown_performance_is_not_found(organiser: Client) -> None:
    for rest in ("", "/sales.csv", "/counter"):
        assert organiser.get(f"/office/performances/nothing{rest}").status_code == 404


def test_what_people_write_is_text(world: Stage, organiser: Client) -> None:
    rename(world, TRAP)
    for address in ("/office", path(world), path(world, "/counter")):
        page = organiser.get(address).text
        assert "<script>alert" not in page
        assert TRAP in unescape(page)


def test_the_csv_says_what_the_report_says(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(2))
    answer = organiser.get(path(world, "/sales.csv"))
    found = world.desk.read_now(sales, world.performance, 2**53)
    rows = table(answer.text)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert rows[0][4:10] == ["渠道", "张数", "票面", "优惠", "补贴", "实收"]
    assert rows[-1][5:] == ["2", "240.00", "0.00", "120.00", "120.00", "CNY"]
    assert rows[-1][9] == f"{found.money.net / 100:.2f}"


def test_no_cell_of_the_csv_is_a_formula(world: Stage, organiser: Client) -> None:
    rename(world, TRAP)
    world.buy(world.seats(1))
    rows = table(organiser.get(f"/en{path(world, '/sales.csv')}").text)
    assert {row[0] for row in rows[1:]} == {f"'{TRAP}"}


def test_a_sale_is_paused_and_resumed(world: Stage, organiser: Client) -> None:
    answer = organiser.post(path(world, "/pause"), data=csrf(organiser))
    assert (answer.status_code, answer.headers["location"]) == (303, path(world))
    with pytest.raises(SalePaused):
        world.hold(world.seats(1))
    assert "暂停售票" in organiser.get("/office").text
    organiser.post(path(world, "/resumption"), data=csrf(organiser))
    assert len(world.hold(world.seats(1)).seats) == 1


def test_a_form_without_its_token_changes_nothing(world: Stage, organiser: Client) -> None:
    assert organiser.post(path(world, "/pause"), data={}).status_code == 403
    assert organiser.post(path(world, "/pause"), data={"_csrf_token": "x"}).status_code == 403
    assert len(world.hold(world.seats(1)).seats) == 1


def test_the_api_says_what_the_report_says(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(2))
    answer = api(organiser, world, Role.ORGANISER).json()
    assert {name: answer[name] for name in ("capacity", "sold", "available", "no_shows")} == {
        "capacity": 150, "sold": 2, "available": 148, "no_shows": None,
    }  # fmt: skip
    assert answer["gross"] == {"amount": 24000, "currency": "CNY"}
    assert answer["net"] == answer["funded"] == {"amount": 12000, "currency": "CNY"}
    (part,) = answer["table"]
    assert (part["section"], part["channel"], part["tickets"]) == ("stool", "online", 2)


def test_the_api_goes_back_in_time(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(2))
    now = world.desk.read_now(sales, world.performance, 0).performance
    past = iso(now.sale_opens_at, now.zone)
    assert "+" in past
    for moment in (past, past.replace("+", " ")):  # a + not encoded arrives as a space
        assert api(organiser, world, Role.ORGANISER, as_of=moment).json()["sold"] == 0


def test_the_api_asks_for_an_organiser(world: Stage) -> None:
    with office(world, None) as client:
        assert api(client, world, Role.BOX_OFFICE).status_code == 403
        assert client.get("/api/reports/sales?performance=x").status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"performance": "nothing"}, 404),
        ({"performance": "\u202e' OR 1=1 --"}, 404),
        ({"as_of": "yesterday"}, 422),
        ({"as_of": "2026-05-23T15:00:00"}, 422),
        ({"as_of": "9" * 5000}, 422),
    ],
)
def test_the_api_refuses_what_it_cannot_answer(
    world: Stage, organiser: Client, query: dict[str, str], status: int
) -> None:
    answer = api(organiser, world, Role.ORGANISER, **query)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_in_a_demo_letters_can_be_read(world: Stage, organiser: Client) -> None:
    placed = world.buy(world.seats(1))
    page = organiser.get("/office/letters").text
    (address,) = re.findall(r'href="(/office/letters/[^"]+)"', page)
    letter = organiser.get(address)
    assert letter.status_code == 200
    assert placed.order.number in unescape(letter.text)
    assert "data:image/png;base64," in letter.text
    assert organiser.get("/office/letters/nothing").status_code == 404


def test_elsewhere_letters_are_only_counted(world: Stage) -> None:
    world.buy(world.seats(1))
    letter = world.ask(sa.select(Letter.id)).scalar_one()
    with office(world, Role.ADMIN, demo=False) as client:
        page = client.get("/office/letters")
        assert "chen@example.com" not in page.text
        assert re.search(r"等着寄</dt><dd>1</dd>", page.text)
        assert client.get(f"/office/letters/{letter}").status_code == 404


def test_letters_that_fail_are_something_to_look_at(world: Stage, organiser: Client) -> None:
    world.buy(world.seats(1))
    failing = sa.update(Letter).values(last_error="SMTPConnectError")
    world.desk.write_now(lambda tx, now: tx.execute(failing))
    assert "1 封信" in organiser.get("/office").text
