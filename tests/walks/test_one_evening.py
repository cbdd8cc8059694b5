"""The whole walk over HTTP, against the real command: from the programme to the report."""

import pytest

from clients import JSON, Buyer, Client, Unexpected, Usher
from servers import Server

SOON, LAWN = "shuimen-now-", "hushang-"


def test_a_paid_seat_from_the_programme_to_the_report(
    server: Server, tokens: dict[str, str]
) -> None:
    buyer, usher = Buyer(server.url), Usher(server.url, tokens["usher"])
    show = buyer.performance(SOON)
    before = sales(server, tokens, show["id"])
    held = buyer.best(show["id"], 2, section="stool")
    assert set(held["seats"]) <= set(
        buyer.get(f"/api/performances/{show['id']}/availability")["held"]
    )
    order = buyer.order(held, "funded", "play")
    assert order["status"] == "awaiting_payment"
    assert buyer.pay(order) in (200, 303)
    tickets = buyer.tickets(order)
    assert [ticket["status"] for ticket in tickets] == ["valid", "valid"]
    verdicts = [usher.scan("main", show["id"], ticket["code"])["verdict"] for ticket in tickets]
    assert verdicts == ["admitted", "admitted"]
    again = usher.scan("main", show["id"], tickets[0]["code"])
    assert again["verdict"] == "already_admitted"
    after = sales(server, tokens, show["id"])
    assert after["sold"] - before["sold"] == 2
    assert after["admitted"] - before["admitted"] == 2
    assert after["net"]["amount"] - before["net"]["amount"] == order["total"]["amount"] == 12000


def test_a_declined_payment_leaves_the_order_waiting(server: Server) -> None:
    buyer = Buyer(server.url)
    order = buyer.order(buyer.best(buyer.performance(SOON)["id"], 1), "funded", "play")
    assert buyer.pay(order, "decline") in (200, 303)
    shown = buyer.get(f"/api/orders/{order['secret']}")
    assert (shown["status"], shown["tickets"]) == ("awaiting_payment", [])


def test_a_free_order_is_answered_twice_and_made_once(server: Server) -> None:
    buyer = Buyer(server.url)
    held = buyer.best(buyer.performance(LAWN)["id"], 3)
    first = buyer.order(held, "free", "free", key="walk-1")
    assert buyer.order(held, "free", "free", key="walk-1") == first
    assert len(buyer.tickets(first)) == 3
    with pytest.raises(Unexpected) as other:
        buyer.order(held, "free", "free", key="walk-1", buyer={"email": "other@example.com"})
    assert other.value.status == 422


def test_two_buyers_of_one_seat(server: Server) -> None:
    buyer, other = Buyer(server.url), Buyer(server.url)
    show = buyer.performance(SOON)["id"]
    held = buyer.best(show, 2)
    with pytest.raises(Unexpected) as refused:
        other.hold(show, held["seats"][:1])
    assert refused.value.status == 409
    assert held["seats"][0] in str(refused.value)


def test_a_ticket_is_refused_at_another_performance(server: Server, tokens: dict[str, str]) -> None:
    buyer, usher = Buyer(server.url), Usher(server.url, tokens["usher"])
    other, now = buyer.performance("shuimen-again-")["id"], buyer.performance(SOON)["id"]
    order = buyer.order(buyer.best(other, 1), "funded", "play")
    buyer.pay(order)
    (ticket,) = buyer.tickets(order)
    assert usher.scan("main", now, ticket["code"])["verdict"] == "wrong_performance"
    assert usher.scan("main", other, ticket["code"])["verdict"] == "too_early"
    assert usher.scan("main", now, "T" + "0" * 117 + "Z")["verdict"] == "invalid"


def sales(server: Server, tokens: dict[str, str], performance: str) -> JSON:
    office = Client(server.url, tokens["organiser"])
    return dict(office.get(f"/api/reports/sales?performance={performance}"))
