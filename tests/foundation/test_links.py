"""A link that a chat or a mail has spoilt leads where it was meant to."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from doors import doors
from stage import Stage
from ticketing.foundation.links import mended

SPOILT = [
    "{}。", "{}，快来看", "{}.", "{})", "{}>", "{}\u200b", "{}】", "{}/", "{}\u3000今晚", "{}%20now", "{}!",
]  # fmt: skip


@pytest.fixture
def client(world: Stage) -> Iterator[TestClient[Any]]:
    with doors(world) as client:
        yield client


def test_a_spoilt_link_leads_to_the_order_the_ticket_and_the_performance(
    world: Stage, client: TestClient[Any]
) -> None:
    placed = world.buy(world.seats(1))
    ticket = world.tickets(placed)[0]
    for path in (
        f"/orders/{placed.order.secret}", f"/tickets/{ticket.secret}", f"/performances/{world.slug(world.performance)}",
        f"/performances/{world.slug(world.performance)}/seats",
    ):  # fmt: skip
        for spoilt in SPOILT:
            for lang in ("", "/en"):
                page = client.get(lang + spoilt.format(path), follow_redirects=True)
                assert page.status_code == 200, spoilt
                assert page.url.path.rstrip("/") == lang + path


def test_what_leads_nowhere_still_says_so_and_a_program_is_not_led(client: TestClient[Any]) -> None:
    for path in (
        "/orders/nobodys",
        "/orders/nobodys。",
        "/tickets/NOPE",
        "/tickets/4Q5VHR",
        "/no-such-page。",
    ):
        assert client.get(path, follow_redirects=True).status_code == 404
    problem = {"accept": "application/problem+json"}
    assert (
        client.get("/orders/nobodys。", headers=problem, follow_redirects=False).status_code == 404
    )


def test_mending_twice_is_mending_once() -> None:
    for path in (
        "/orders/abc。",
        "/performances/a-b-/x",
        "/orders/",
        "/x。",
        "/performances/a/seats。",
    ):
        assert mended(mended(path)) == mended(path)
