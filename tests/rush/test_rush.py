"""A small rush on a real server, and that a rush gone wrong would be called so."""

import asyncio

import pytest

from load import Answer
from rush.outcome import Outcome
from rush.record import deliberate, kind
from rush.rush import rush
from rush.sale import Sale
from servers import Server


def test_two_hundred_buyers_fill_the_house_once(server: Server) -> None:
    outcome = asyncio.run(rush(server, "shuimen-again-", 200))
    assert outcome.wrong() == [], outcome.report()
    assert len(set(outcome.sale.sold)) == outcome.sale.free > 0
    kinds = {kind for _, kind in outcome.sale.record.answers}
    assert {"409 seats-taken", "409 house-full", "201", "303"} <= kinds


def ended(**seats: list[str]) -> Outcome:
    """A rush at two seats, as if it had ended with these orders."""
    sale = Sale("", "", "", "full", [["a", "b"]], free=2, bought=seats)
    return Outcome(sale, 9, 0, 1.0, 1.0, 1.0, 100.0, "Every invariant holds.")


def test_a_rush_that_sold_each_seat_once_has_nothing_wrong() -> None:
    assert ended(one=["a"], other=["b"]).wrong() == []


def test_a_seat_sold_twice_is_said() -> None:
    assert ended(one=["a", "b"], other=["b"]).wrong() == ["1 seats were sold twice"]


def test_a_seat_left_is_said() -> None:
    assert ended(one=["a"]).wrong() == ["1 seats were left though 9 people wanted them"]


@pytest.mark.parametrize("kind", ["500 broken", "503 busy", "no answer"])
def test_an_answer_that_no_server_may_give_is_said(kind: str) -> None:
    outcome = ended(one=["a", "b"])
    outcome.sale.record.answers["hold", kind] = 3
    outcome.sale.record.answers["hold", "503 busy, later"] = 4
    assert outcome.wrong() == [f"3 × hold: {kind}"]


def test_a_refusal_is_deliberate_when_it_says_when_to_come_again() -> None:
    problem = b"content-type: application/problem+json\r\n", b'{"type": "/problems/busy"}'
    busy = kind(Answer(503, b"HTTP/1.1 503\r\n" + problem[0], problem[1]))
    later = kind(Answer(503, b"HTTP/1.1 503\r\nretry-after: 1\r\n" + problem[0], problem[1]))
    assert (busy, deliberate(busy)) == ("503 busy", False)
    assert (later, deliberate(later)) == ("503 busy, later", True)
