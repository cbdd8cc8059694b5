"""Reserve now, pay at the desk: the same code, unpaid until the money is there; else the seats return."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from doors import doors, fields
from stage import Stage, stage
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.models import Verdict
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.take_payment import NotReserved, take_payment
from ticketing.checkout.fulfil import OrderClosed
from ticketing.checkout.lapse import give_up, lapse
from ticketing.checkout.place import NoReservation, Placed
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, MINUTE, SetClock, local
from ticketing.inventory.claim import SeatsTaken
from ticketing.ledger.models import Posting
from ticketing.orders.limit import TooManyTickets
from ticketing.orders.models import Order
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.desk_qr import DESK_QR
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.switch import SwitchedOff, switch
from ticketing.programme.models import Performance
from ticketing.programme.on_sale import reserved_until
from ticketing.programme.on_sale import terms as terms_of
from ticketing.reports.sales import sales
from ticketing.tickets.issue import ApprovedNumberReached
from ticketing.tickets.models import Headcount


@contextmanager
def at(world: Stage, moment: int) -> Iterator[Stage]:
    with closing(open_desk(world.desk.url, SetClock(moment))) as desk:
        yield stage(desk)


def reserve(world: Stage, count: int = 2, skip: int = 0) -> Placed:
    return world.place(world.hold(world.seats(count, skip=skip)), gateway=COUNTER)


def order_of(world: Stage, placed: Placed) -> Any:
    return world.ask(sa.select(Order.__table__).where(Order.id == placed.order.id)).one()


def show(world: Stage) -> Any:
    return world.desk.read_now(sales, world.performance, 0).performance


def scan(world: Stage, short: str, nonce: str) -> Verdict:
    with at(world, show(world).starts_at) as doors_open:
        return doors_open.desk.write_now(
            admit, Attempt("main", world.performance, short, nonce),
            world.keys, by="usher",
        ).verdict  # fmt: skip


def test_seats_wait_a_day_for_their_payment(world: Stage) -> None:
    with at(world, show(world).doors_at - 48 * HOUR) as afternoon:
        placed = reserve(afternoon)
    order = order_of(world, placed)
    assert (order.status, order.pay_by - order.placed_at) == ("awaiting_payment", 24 * HOUR)
    with pytest.raises(SeatsTaken):
        world.hold(world.seats(2))
    report = world.desk.read_now(sales, world.performance, order.placed_at)
    assert (report.sold, report.held, report.refunded) == (0, 2, 0)
    assert world.desk.read_now(verify) == []


def test_nobody_has_to_come_to_the_desk_in_the_night(world: Stage) -> None:
    its, terms = show(world), world.desk.read_now(terms_of, world.performance)
    for minutes in (12 * 60, 24 * 60, 60 * 60):
        for now in range(its.doors_at - 96 * HOUR, its.doors_at - HOUR, 20 * MINUTE):
            until = reserved_until(replace(terms, reserve_minutes=minutes), now)
            assert until
            assert min(now + minutes * MINUTE, its.doors_at) <= until <= its.doors_at
            assert 10 <= local(until, its.zone).hour < 22
    soon, night = replace(terms, reserve_minutes=30), its.doors_at - 37 * HOUR  # half past one
    assert reserved_until(soon, night) == night + 30 * MINUTE


@pytest.mark.parametrize(("gateway", "account"), [(COUNTER, "cash"), (DESK_QR, "desk_clearing")])
def test_paid_at_the_desk_the_same_code_is_valid(world: Stage, gateway: Any, account: str) -> None:
    placed = reserve(world)
    before = world.tickets(placed)
    assert [scan(world, each.short, f"a{n}") for n, each in enumerate(before)] == ["unpaid"] * 2
    for _ in range(2):
        world.desk.write_now(take_payment, placed.order.number, gateway, by="staff:mei")
    after = world.tickets(placed)
    assert [each.number for each in after] == [each.number for each in before]
    assert [scan(world, each.short, f"b{n}") for n, each in enumerate(after)] == ["admitted"] * 2
    debits = world.ask(sa.select(Posting.debit).where(Posting.entry.startswith("payment:")))
    assert list(debits.scalars()) == [account]
    assert world.desk.read_now(verify) == []


def test_not_paid_in_time_the_seats_return_once(world: Stage) -> None:
    placed = reserve(world)
    (first, _) = world.tickets(placed)
    with at(world, order_of(world, placed).pay_by) as late:
        for _ in range(2):
            late.desk.write_now(lapse, placed.order.id)
        with pytest.raises(NotReserved):
            late.desk.write_now(take_payment, placed.order.number, COUNTER, by="staff:mei")
        late.buy(world.seats(2))
    assert scan(world, first.short, "n") == "void"
    assert world.desk.read_now(verify) == []


def test_an_order_that_is_not_paid_for_is_given_up_on_its_page(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)))
    with doors(world) as client:
        path = f"/orders/{placed.order.secret}"
        for lang, seats in (("", "北侧矮凳 1、2 号"), ("/en", "North side, low stool 1, 2")):
            assert seats in client.get(lang + path).text
        client.post(f"/payments/play/{placed.payment_id}", data={"outcome": "decline"})
        assert "放弃订单" in client.get(path).text
        for _ in range(2):
            assert client.post(f"{path}/release").headers["location"] == path
        assert "订单已放弃，座位已放回" in client.get(path).text
    world.buy(world.seats(2))
    assert world.desk.read_now(verify) == []


def test_seats_that_are_not_wanted_are_given_back(world: Stage) -> None:
    placed = reserve(world)
    for _ in range(2):
        world.desk.write_now(give_up, placed.order.secret)
    world.buy(world.seats(2))
    bought = world.buy(world.seats(2, skip=4))
    with pytest.raises(OrderClosed):
        world.desk.write_now(give_up, bought.order.secret)
    assert world.desk.read_now(verify) == []


def test_what_was_paid_at_the_desk_can_be_cancelled_there(world: Stage) -> None:
    placed = reserve(world)
    world.desk.write_now(take_payment, placed.order.number, DESK_QR, by="staff:mei")
    world.desk.write_now(cancel_order, placed.order.number, by="staff:lan")
    world.buy(world.seats(2))
    assert world.desk.read_now(verify) == []


def test_paid_online_instead_the_same_code_is_valid(world: Stage) -> None:
    placed = reserve(world)
    before = [each.number for each in world.tickets(placed)]
    with doors(world) as client:
        out = client.post(f"/orders/{placed.order.secret}/payments", data={"pay": "play"})
        client.post(out.headers["location"], data={"outcome": "pay"})
        page = client.get(f"/orders/{placed.order.secret}").text
    assert "两张票" in page
    assert [each.number for each in world.tickets(placed)] == before
    world.desk.write_now(take_payment, placed.order.number, COUNTER, by="staff:mei")  # too late
    assert world.desk.read_now(verify) == []


def test_the_approved_number_is_reached_before_money_is_taken(world: Stage) -> None:
    placed = reserve(world)
    change = sa.update(Headcount).where(Headcount.performance_id == world.performance)
    world.desk.write_now(lambda tx, now: tx.execute(change.values(approved=1)))
    with pytest.raises(ApprovedNumberReached):
        world.desk.write_now(take_payment, placed.order.number, COUNTER, by="staff:mei")
    assert order_of(world, placed).status == "awaiting_payment"
    assert world.ask(sa.select(sa.func.count()).select_from(Posting)).scalar_one() == 0
    assert world.desk.read_now(verify) == []


def test_it_ends_when_the_doors_open_and_is_not_offered_in_the_last_hour(world: Stage) -> None:
    doors_at = show(world).doors_at
    with at(world, doors_at - 2 * HOUR) as before:
        assert order_of(before, reserve(before)).pay_by == doors_at
    with at(world, doors_at - HOUR + MINUTE) as late:
        held = late.hold(world.seats(2, skip=4))
        with pytest.raises(NoReservation):
            late.place(held, gateway=COUNTER)
        with doors(late, SetClock(doors_at - HOUR + MINUTE)) as client:
            assert 'value="counter"' not in client.get(f"/checkout/{held.token}").text


def test_it_is_not_offered_where_the_performance_or_the_office_says_no(world: Stage) -> None:
    held = world.hold(world.seats(2))
    world.desk.write_now(switch, COUNTER, on=False, by="test")
    with pytest.raises(SwitchedOff):
        world.place(held, gateway=COUNTER)
    world.desk.write_now(switch, COUNTER, on=True, by="test")
    change = sa.update(Performance).values(reserve_minutes=None)
    world.desk.write_now(lambda tx, now: tx.execute(change))
    with pytest.raises(NoReservation):
        world.place(held, gateway=COUNTER)


def test_reserved_tickets_count_against_the_buyers_limit(world: Stage) -> None:
    change = sa.update(Performance).values(most_per_buyer=3)
    world.desk.write_now(lambda tx, now: tx.execute(change))
    reserve(world)
    with pytest.raises(TooManyTickets):
        reserve(world, skip=4)


def test_the_buyers_pages_say_what_to_do(world: Stage) -> None:
    held = world.hold(world.seats(2))
    with doors(world) as client:
        page = client.get(f"/checkout/{held.token}")
        assert "先留座，到柜台付" in page.text
        typed = fields(page) | {"to": "chen@example.com", "pay": "counter"}
        order = client.post(f"/checkout/{held.token}", data=typed).headers["location"]
        page = client.get(order)
        assert "座位留好了，还没付款" in page.text
        assert page.text.count("还没付款</b>") == 2
        answer = client.get(f"/api{order}").json()
        assert answer["number"] in page.text
        assert {ticket["status"] for ticket in answer["tickets"]} == {"unpaid"}
        secret = answer["tickets"][0]["secret"]
        assert client.get(f"/api/tickets/{secret}").json()["status"] == "unpaid"
        assert "先到柜台付" in client.get(f"/tickets/{secret}").text
        assert "Not paid yet" in client.get(f"/en/tickets/{secret}").text
        world.desk.write_now(take_payment, answer["number"], COUNTER, by="staff:mei")
        assert "两张票" in client.get(order).text
        assert client.get(f"/api/tickets/{secret}").json()["status"] == "valid"
    letters = world.ask(sa.text("SELECT template FROM letter ORDER BY created_at")).scalars().all()
    assert list(letters) == ["reserved", "tickets"]


def test_the_buyer_gives_the_seats_back_on_the_page(world: Stage) -> None:
    placed = reserve(world)
    with doors(world) as client:
        back = client.post(f"/orders/{placed.order.secret}/release")
        assert back.status_code == 303
        assert "座位已放回" in client.get(back.headers["location"]).text
    world.buy(world.seats(2))


def test_a_program_reserves_too(world: Stage) -> None:
    held = world.hold(world.seats(1))
    wish = {
        "hold": held.token, "buyer": {"phone": "13800001234"}, "gateway": "counter",
        "lines": [{"seat": held.seats[0], "ticket_type": "funded"}],
    }  # fmt: skip
    with doors(world) as client:
        answer = client.post("/api/orders", json=wish)
        assert answer.status_code == 201
        assert answer.json()["status"] == "awaiting_payment"
        assert answer.json()["payment"]["url"].endswith(f"/orders/{answer.json()['secret']}")
        again = client.post(f"/orders/{answer.json()['secret']}/payments", data={"pay": "counter"})
        assert again.status_code == 422


def test_paying_another_way_does_not_need_the_counter(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)), gateway=PLAY)
    with pytest.raises(NotReserved):
        world.desk.write_now(take_payment, placed.order.number, COUNTER, by="staff:mei")
