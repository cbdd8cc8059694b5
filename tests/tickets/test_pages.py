"""A ticket's page: one picture, one seat, and nothing changes by looking."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import doors
from stage import Stage
from ticketing.foundation.codes import shown_short
from ticketing.tickets.models import Ticket
from ticketing.tickets.void import void

Client = TestClient[Any]


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def bought(world: Stage) -> Any:
    """Return a ticket of an order of two."""
    return world.tickets(world.buy(world.seats(2)))[0]


def test_a_ticket_shows_its_seat_its_price_and_one_code(world: Stage, client: Client) -> None:
    ticket = bought(world)
    page = client.get(f"/tickets/{ticket.secret}")
    assert "矮凳" in page.text
    assert "¥60.00（票面价 ¥120.00）" in page.text
    assert shown_short(ticket.short) in page.text
    assert (
        page.text.count(f'<div class="code"><div><img src="/tickets/{ticket.secret}/code.png"') == 1
    )
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("", ("甬里拾光黑匣子剧场", " 开门")), ("/en", ("Yongli Shiguang", "Doors "))],
)
def test_who_has_but_the_ticket_knows_where_to_go_and_when(
    world: Stage, client: Client, lang: str, said: tuple[str, ...]
) -> None:
    placed = world.buy(world.seats(2))
    page = client.get(f"{lang}/tickets/{world.tickets(placed)[0].secret}").text
    for words in (*said, "14:30", placed.order.number):
        assert words in page


def test_a_ticket_speaks_english(world: Stage, client: Client) -> None:
    page = client.get(f"/en/tickets/{bought(world).secret}")
    assert "Low stool" in page.text
    assert "First time" not in page.text
    assert "Zhang Zhenhang" in page.text


def test_the_code_is_a_picture_from_us(world: Stage, client: Client) -> None:
    picture = client.get(f"/tickets/{bought(world).secret}/code.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_a_void_ticket_says_so_and_shows_no_code(world: Stage, client: Client) -> None:
    ticket = bought(world)
    world.desk.write_now(void, ticket.performance_id, [ticket.line_id], "test", by="test")
    page = client.get(f"/tickets/{ticket.secret}")
    assert "这张票已作废" in page.text
    assert "code.png" not in page.text


def test_opening_a_ticket_changes_nothing(world: Stage, client: Client) -> None:
    ticket = bought(world)
    before = list(world.ask(sa.select(Ticket.__table__).order_by(Ticket.id)))
    client.get(f"/tickets/{ticket.secret}")
    client.get(f"/tickets/{ticket.secret}/code.png")
    assert list(world.ask(sa.select(Ticket.__table__).order_by(Ticket.id))) == before


@pytest.mark.parametrize("of", ["id", "short", "number", "secret_digest"])
def test_only_the_secret_opens_a_ticket(world: Stage, client: Client, of: str) -> None:
    assert client.get(f"/tickets/{getattr(bought(world), of)}").status_code == 404


def test_an_unnumbered_ticket_names_no_seat(world: Stage, client: Client) -> None:
    (ticket,) = world.tickets(world.place(world.hold_on_the_lawn(1)))
    page = client.get(f"/tickets/{ticket.secret}")
    assert "不对号入座" in page.text
    assert "<em>号</em>" not in page.text
    assert "免费" in page.text
