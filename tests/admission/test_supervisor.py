"""The supervisor: finds a ticket, lets in with a reason, takes back; all of it in the diary."""

from typing import Any

import pytest
import sqlalchemy as sa

from at_the_door import JSON, Door, token
from evening import GATE, OTHER_GATE, Evening
from ticketing.accounts.models import Role
from ticketing.admission.queries import count
from ticketing.desk.diary import DiaryEntry
from ticketing.foundation.clock import MINUTE
from ticketing.orders.models import Order
from ticketing.tickets.void import void


@pytest.fixture
def supervisor(evening: Evening, door: Door) -> Door:
    door.headers["authorization"] = f"Bearer {token(evening, Role.SUPERVISOR)}"
    return door


def find(door: Door, evening: Evening, words: str, gate: str = GATE) -> Any:
    query = {"performance": evening.performance.id, "q": words}
    return door.get(f"/api/gates/{gate}/tickets", params=query)


def override(door: Door, evening: Evening, code: str, **more: Any) -> Any:
    wish = {
        "code": code,
        "nonce": "o-1",
        "performance": evening.performance.id,
        "reason": "name checked",
    }
    return door.post(f"/api/gates/{GATE}/overrides", json=wish | more)


def undo(door: Door, evening: Evening, nonce: str) -> Any:
    wish = {"nonce": nonce, "performance": evening.performance.id}
    return door.post(f"/api/gates/{GATE}/undos", json=wish)


def verbs(evening: Evening) -> list[str]:
    query = sa.select(DiaryEntry.verb).order_by(DiaryEntry.at, DiaryEntry.id)
    return [
        verb
        for verb in evening.world.ask(query).scalars()
        if verb.split(".")[0] in ("scan", "ticket")
    ]


def test_a_ticket_is_found_by_number_phone_and_name(evening: Evening, supervisor: Door) -> None:
    ticket = evening.ticket()
    for words in (ticket.short.lower(), "1234", "00001234", "陈静", "静"):
        (found,) = find(supervisor, evening, words).json()
        assert (found["number"], found["name"], found["contact"]) == (ticket.short, "陈静", "1234")
        assert (found["seat"], found["standing"], found["came_at"]) == (
            "北侧矮凳 1 号",
            "live",
            None,
        )
    evening.scan(ticket.short, vouched=True)
    assert find(supervisor, evening, "1234").json()[0]["came_at"]


def test_everybody_is_told_to_a_supervisor_alone(evening: Evening, door: Door) -> None:
    tickets = evening.tickets(2)
    path, query = f"/api/gates/{GATE}/guests", {"performance": evening.performance.id}
    assert door.get(path, params=query).status_code == 403
    door.headers["authorization"] = f"Bearer {token(evening, Role.SUPERVISOR)}"
    told = door.get(path, params=query).json()
    assert {each["number"] for each in told} == {ticket.short for ticket in tickets}
    assert {each["name"] for each in told} == {"陈静"}


@pytest.mark.parametrize("words", ["%", "_", "9999", "nobody", "K7QM42"])
def test_what_means_nobody_finds_nobody(evening: Evening, supervisor: Door, words: str) -> None:
    evening.ticket()
    assert find(supervisor, evening, words).json() == []


@pytest.mark.parametrize("words", ["", "   ", "12", "x" * 81])
def test_too_little_or_too_much_is_refused(evening: Evening, supervisor: Door, words: str) -> None:
    evening.ticket()
    assert find(supervisor, evening, words).status_code == 422


def test_only_a_supervisor_looks_lets_in_and_takes_back(evening: Evening, door: Door) -> None:
    code = evening.code(evening.ticket())
    evening.scan(code, nonce="s-1")
    answers = (
        find(door, evening, "1234"),
        override(door, evening, code),
        undo(door, evening, "s-1"),
    )
    assert [answer.status_code for answer in answers] == [403] * 3


def test_a_refused_ticket_is_let_in_with_a_reason_once(evening: Evening, supervisor: Door) -> None:
    ticket = evening.ticket()
    evening.world.desk.write_now(
        void, evening.performance.id, [ticket.line_id], "returned", by="test"
    )
    answers = [override(supervisor, evening, ticket.short).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0]["verdict"], answers[0]["inside"]) == ("admitted", 1)
    assert verbs(evening) == ["ticket.let_in"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"reason": "  "}, 422), ({"reason": "x" * 201}, 400), ({"code": "222222"}, 404),
        ({"code": "nonsense"}, 404), ({"performance": "none"}, 404),
    ],
)  # fmt: skip
def test_without_reason_or_ticket_nobody_is_let_in(
    evening: Evening, supervisor: Door, more: JSON, status: int
) -> None:
    code = evening.ticket().short
    assert override(supervisor, evening, **({"code": code} | more)).status_code == status
    assert evening.stored() == []


def test_an_entry_is_taken_back_within_a_quarter_of_an_hour(
    evening: Evening, supervisor: Door
) -> None:
    code = evening.code(evening.ticket())
    evening.scan(code, nonce="s-1")
    evening.clock.forward(15 * MINUTE)
    for _ in range(2):
        assert undo(supervisor, evening, "s-1").json() == {"inside": 0, "capacity": 150}
    assert verbs(evening) == ["scan.undone"]
    assert evening.scan(code, gate=OTHER_GATE).verdict == "admitted"
    assert evening.world.desk.read_now(count, GATE, evening.performance.id) == (1, 150)


def test_later_it_is_too_late_and_what_is_none_is_not_found(
    evening: Evening, supervisor: Door
) -> None:
    evening.scan(evening.code(evening.ticket()), nonce="s-1")
    evening.scan("nonsense", nonce="s-2")
    evening.clock.forward(15 * MINUTE + 1)
    late = undo(supervisor, evening, "s-1")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/too-late-to-undo")
    for nonce in ("s-2", "s-3"):
        assert undo(supervisor, evening, nonce).status_code == 404


def test_a_mail_address_and_an_orders_number_find_its_tickets(
    evening: Evening, supervisor: Door
) -> None:
    evening.ticket()
    order = evening.world.ask(sa.select(Order.number, Order.buyer_email)).first()
    assert order
    for words in (order.buyer_email.upper(), order.number.lower(), order.number[2:]):
        (row,) = find(supervisor, evening, words).json()
        assert (row["order_number"], row["email"]) == (order.number, order.buyer_email)
    assert find(supervisor, evening, order.buyer_email.split("@")[0] + "@").json() == []
