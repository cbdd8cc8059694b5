"""Tickets are issued, each with numbers of its own."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

import ticketing.tickets.issue
from stage import Stage
from ticketing.tickets.models import Ticket


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Draw the same short numbers again and again before others come."""
    numbers = iter(["K7QM42", "K7QM42", "K7QM42", "H3VN86", "H3VN86", "K7QM42", "W2DT95"])
    monkeypatch.setattr(ticketing.tickets.issue, "short_number", lambda: next(numbers))
    return numbers


def test_a_short_number_drawn_twice_is_drawn_again(world: Stage, drawn: Iterator[str]) -> None:
    first, second, third = world.seats(9)[::3]
    world.buy([first])
    world.buy([second, third])
    shorts = world.ask(sa.select(Ticket.short).order_by(Ticket.short)).scalars()
    assert list(shorts) == ["H3VN86", "K7QM42", "W2DT95"]
    assert next(drawn, None) is None
