"""An order at the office: found by whatever is known, told from beginning to end, given back on purpose."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from office import Client, csrf, office
from stage import BUYER, Stage
from ticketing.accounts.models import Role
from ticketing.audit.verify import verify
from ticketing.box_office.sell import CounterSale, sell
from ticketing.desk.diary import DiaryEntry
from ticketing.desk.outbox import Letter
from ticketing.foundation.codes import shown_short
from ticketing.ledger.models import Drawer, Posting
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order
from ticketing.payments.models import Refund
from ticketing.tickets.models import Ticket


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.BOX_OFFICE) as client:
        yield client


def open_a_drawer(client: Client) -> None:
    client.post("/office/drawers", data=csrf(client) | {"name": "前台", "opening": "200"})


def sold(world: Stage, client: Client, seats: int = 2) -> str:
    """Sell for cash as this person; return the order's number."""
    path = f"/office/performances/{world.slug(world.performance)}/sales"
    form = csrf(client) | {
        "seats": world.seats(seats), "type-stool": "funded", "expected": str(6000 * seats),
        "do": "sell", "key": "k", "by": "counter",
    }  # fmt: skip
    return str(client.post(path, data=form).headers["location"].rpartition("/")[2])


def lines(page: httpx.Response) -> list[str]:
    return re.findall(r'type="checkbox" name="lines" value="([^"]+)"', page.text)


def shown_sum(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'name="expected" value="(\d+)"', page.text)
    return {"expected": found[0]} if found else {}


def give_back(client: Client, number: str, **chosen: Any) -> tuple[httpx.Response, httpx.Response]:
    """Ask and do it; return both answers."""
    path = f"/office/orders/{number}/cancellation"
    asked = client.get(path, params=chosen)
    return asked, client.post(path, data=csrf(client) | chosen | shown_sum(asked))


def test_the_story_of_an_order_is_told_with_its_money(world: Stage) -> None:
    with office(world, Role.ORGANISER) as client:
        open_a_drawer(client)
        number = sold(world, client)
        page = client.get(f"/office/orders/{number}")
        told = re.findall(r"<li[^>]*>(下单|收现金|付清)", page.text)
        assert told == ["下单", "收现金", "付清"]
        assert "收现金 ¥120.00，钱箱：前台" in page.text
        asked, done = give_back(client, number, lines=lines(page)[0])
        assert "<h1>现在付出现金 ¥60.00</h1>" in asked.text
        after = client.get(done.headers["location"]).text
    assert "退票 1 张，退 ¥60.00，手续费 ¥0.00" in after
    assert after.count("付出现金 ¥60.00，钱箱：前台") == 2  # said above all, and in the story
    assert "<small>Mei</small>" in after
    assert world.desk.read_now(verify) == []


def test_cash_comes_out_of_the_drawer_of_who_hands_it_back(world: Stage, staff: Client) -> None:
    open_a_drawer(staff)
    give_back(staff, sold(world, staff), all="yes")
    drawer = world.ask(sa.select(Drawer.id)).scalar_one()
    repaid = world.ask(sa.select(Posting.drawer_id).where(Posting.entry.startswith("repaid:")))
    assert repaid.scalars().all() == [drawer]


def test_cash_that_no_drawer_can_pay_waits_to_be_sent_and_that_is_said(
    world: Stage, staff: Client
) -> None:
    number = sold(world, staff)
    asked, done = give_back(staff, number, all="yes")
    assert "要人工退" in asked.text
    assert "要人工退" in staff.get(done.headers["location"]).text
    assert world.ask(sa.select(Refund.status)).scalars().all() == ["failed"]
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize("role", [Role.BOX_OFFICE, Role.ORGANISER])
def test_nothing_ticked_returns_nothing(world: Stage, role: Role) -> None:
    with office(world, role) as client:
        number = sold(world, client)
        path = f"/office/orders/{number}/cancellation"
        assert client.get(path).status_code == 422
        for more in (
            {},
            {"expected": "0"},
            {"expected": "12000"},
            {"all": "no", "expected": "12000"},
        ):
            answer = client.post(path, data=csrf(client) | more)
            assert (answer.status_code, "什么都没有退" in answer.text) == (422, True)
        unseen = client.post(path, data=csrf(client) | {"all": "yes"})
        assert unseen.status_code == 422  # nobody has seen the sum
    assert world.ask(sa.select(Ticket.voided_at)).scalars().all() == [None, None]


def test_a_clerk_returns_by_the_ladder_and_an_organiser_in_full(world: Stage) -> None:
    """As the ladder says on the stage: 20% within three days."""
    first, second = (world.buy(world.seats(1, skip=skip)).order for skip in (0, 4))
    with office(world, Role.BOX_OFFICE) as client:
        asked, done = give_back(client, first.number, all="yes")
        assert done.status_code == 303
    with office(world, Role.ORGANISER) as client:
        give_back(client, second.number, all="yes")
    rows = world.ask(sa.select(Refund.order_id, Refund.amount))
    back = {row.order_id: row.amount for row in rows}
    assert back[second.id] == 6000
    assert back[first.id] == int(shown_sum(asked)["expected"])
    assert world.desk.read_now(verify) == []


def test_another_sum_than_was_shown_is_refused(world: Stage, staff: Client) -> None:
    number = sold(world, staff)
    form = csrf(staff) | {"all": "yes", "expected": "11999"}
    assert staff.post(f"/office/orders/{number}/cancellation", data=form).status_code == 409
    assert world.ask(sa.select(Refund.id)).all() == []


def test_a_contact_is_corrected_and_the_tickets_sent(world: Stage, staff: Client) -> None:
    order = world.buy(world.seats(1)).order
    path = f"/office/orders/{order.number}"
    assert BUYER.email in staff.get(path).text
    form = csrf(staff) | {"name": "陈静", "phone": "", "email": "New@Example.org", "do": "send"}
    answer = staff.post(f"{path}/contact", data=form)
    page = staff.get(answer.headers["location"]).text
    assert "改了联系方式" in page
    assert "new@example.org" in page
    assert (
        list(world.ask(sa.select(Letter.recipient).order_by(Letter.id)).scalars())[-1]
        == "new@example.org"
    )
    notes = world.ask(sa.select(DiaryEntry.what).where(DiaryEntry.verb == "contact.corrected"))
    assert notes.scalars().all() == ['{"fields": ["buyer_email", "buyer_phone"]}']
    again = staff.post(f"{path}/contact", data=form)
    assert (again.status_code, 'value="New@Example.org"' in again.text) == (429, True)


def test_a_contact_that_makes_no_sense_changes_nothing(world: Stage, staff: Client) -> None:
    order = world.buy(world.seats(1)).order
    path = f"/office/orders/{order.number}/contact"
    answer = staff.post(path, data=csrf(staff) | {"name": "x", "email": "mei@", "do": "send"})
    assert (answer.status_code, 'value="mei@"' in answer.text) == (422, True)
    assert world.ask(sa.select(Order.buyer_email)).scalar_one() == BUYER.email
    assert staff.post("/office/orders/NH00000000/contact", data=csrf(staff)).status_code == 404


def find(client: Client, words: str) -> httpx.Response:
    return client.get("/office/orders", params={"q": words})


def test_one_box_finds_an_order_by_all_that_is_known_of_it(world: Stage, staff: Client) -> None:
    buyer = Buyer("Émile Zöllner", "13800007777", "emile@example.org")
    sale = CounterSale(world.performance, {world.seats(1)[0]: "full"}, buyer, 12000, "zh")
    number = world.desk.write_now(sell, sale, by="staff:mei")
    world.sell_at_counter(world.seats(1, skip=4))  # another's
    short = world.ask(
        sa.select(Ticket.short)
        .join(Order, Order.id == Ticket.order_id)
        .where(Order.number == number)
    ).scalar_one()
    for words in (
        "Émile", "ÉMILE ZÖLLNER", "Zollner, Emile", "EMILE@example.org", "7777", "+86 138-0000-7777",
        short, shown_short(short).lower(),
    ):  # fmt: skip
        page = find(staff, words)
        assert re.findall(r"/office/orders/(NH\w+)", page.text) == [number], words
    for words in (number, number.lower(), number[2:], f"nh {number[2:6]} {number[6:]}"):
        assert find(staff, words).headers["location"] == f"/office/orders/{number}"


@pytest.mark.parametrize(
    "words", ["nobody", "%", "<b>x", "NH23456789", "x@example.org", "\x00", "9" * 500]
)
def test_nothing_found_stays_in_the_office_with_a_sentence(staff: Client, words: str) -> None:
    page = find(staff, words)
    assert page.status_code == 200
    assert "查订单" in page.text
    assert 'name="q"' in page.text
    if words.isprintable():
        assert f"没有找到“{words[:200]}”" in unescape(page.text)
    assert "<b>x" not in page.text


def test_an_order_that_is_not_there_is_said_at_the_office(staff: Client) -> None:
    answer = staff.get("/office/orders/NH23456789")
    assert (answer.status_code, 'name="q"' in answer.text) == (404, True)
