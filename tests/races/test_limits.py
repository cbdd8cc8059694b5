"""Limits: first that two at one moment pass them, then that none does, whoever comes together."""

import threading

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.inventory.hold import hold
from ticketing.inventory.hold_record import Held
from ticketing.inventory.limit import TooManyHolds
from ticketing.inventory.models import Hold
from ticketing.inventory.renew import NoMoreRenewals, renew
from ticketing.orders.create import Buyer
from ticketing.orders.limit import BY_MAIL, TooManyTickets
from ticketing.orders.models import Channel, OrderLine
from ticketing.programme.models import Performance
from together import failures, together

ME, HERE, MOST, CROWD = "client:me", "network:here", 4, 12
CHEN = Buyer("", "13800001234", "chen@example.com")


def allow(tx: Tx, performance: str, *, now: int) -> None:
    limits = ("most_holds_per_client", "most_per_buyer", "most_renewals")
    here = sa.update(Performance).where(Performance.id == performance)
    tx.execute(here.values(dict.fromkeys(limits, MOST) | {"most_holds_per_network": 2 * MOST}))


@pytest.fixture
def small(world: Stage) -> Stage:
    """Four holds a client, eight a network, four tickets a buyer, four renewals."""
    world.desk.write_now(allow, world.performance)
    return world


def take(world: Stage, seat: str, client: str = ME, network: str = HERE) -> Held:
    return world.desk.write_now(
        hold, world.performance, [seat], by=client, network=network, minutes=15
    )


def holds(tx: Tx) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(Hold)).scalar_one())


def bought(tx: Tx, performance: str) -> int:
    row = tx.first(BY_MAIL, performance=performance, contact=CHEN.email)
    assert row
    return int(row[0])


def test_control_looking_first_and_holding_then_passes_the_limit(small: Stage) -> None:
    seats = small.seats(MOST + 1)
    for seat in seats[2:]:
        take(small, seat)
    looked = threading.Barrier(2)

    def hold_unguarded(n: int) -> None:
        room = small.desk.read_now(holds) < MOST
        looked.wait()  # both have looked before either holds
        if room:
            small.hold(seats[n : n + 1])

    assert failures(together(2, hold_unguarded)) == []
    assert small.desk.read_now(holds) == MOST + 1


def test_of_a_crowd_of_one_client_four_hold(small: Stage) -> None:
    seats = small.seats(3 * CROWD)[::3]  # none leaves another single
    refused = failures(together(CROWD, lambda n: take(small, seats[n])))
    assert len(refused) == CROWD - MOST
    assert all(isinstance(each, TooManyHolds) for each in refused)
    assert small.desk.read_now(holds) == MOST


def test_of_a_crowd_behind_one_address_eight_hold(small: Stage) -> None:
    seats = small.seats(3 * CROWD)[::3]
    refused = failures(together(CROWD, lambda n: take(small, seats[n], f"client:{n}")))
    assert len(refused) == CROWD - 2 * MOST
    assert small.desk.read_now(holds) == 2 * MOST


def test_a_crowd_is_counted_anew_when_its_old_holds_were_ordered(small: Stage) -> None:
    seats = small.seats(3 * (MOST + CROWD))[::3]
    for n, seat in enumerate(seats[:MOST]):
        small.place(take(small, seat), buyer=Buyer(email=f"{n}@example.com"))
    refused = failures(together(CROWD, lambda n: take(small, seats[MOST + n])))
    assert len(refused) == CROWD - MOST


def test_control_looking_first_and_ordering_then_passes_the_buyers_limit(small: Stage) -> None:
    held = [small.hold(small.seats(3, skip=3 * n)) for n in range(2)]
    looked = threading.Barrier(2)

    def order_unguarded(n: int) -> None:
        room = small.desk.read_now(bought, small.performance) + 3 <= MOST
        looked.wait()  # both have looked before either orders
        if room:
            small.place(held[n], buyer=CHEN, channel=Channel.BOX_OFFICE)

    assert failures(together(2, order_unguarded)) == []
    assert small.desk.read_now(bought, small.performance) == 6


def test_a_buyer_who_orders_from_many_places_at_once_keeps_to_the_limit(small: Stage) -> None:
    held = [small.hold([seat]) for seat in small.seats(CROWD)]
    ways = (Buyer(email=CHEN.email), CHEN, Buyer("", "13900005678", CHEN.email))
    refused = failures(together(CROWD, lambda n: small.place(held[n], buyer=ways[n % 3])))
    assert len(refused) == CROWD - MOST
    assert all(isinstance(each, TooManyTickets) for each in refused)
    lines = sa.select(sa.func.count()).select_from(OrderLine)
    assert small.ask(lines).scalar_one() == MOST


def test_phone_and_mail_crosswise_neither_deadlock_nor_pass(small: Stage) -> None:
    held = [small.hold([seat]) for seat in small.seats(CROWD)]
    contacts = ("13800001234", "13900005678"), ("a@example.com", "b@example.com")
    pairs = [Buyer("", phone, mail) for phone in contacts[0] for mail in contacts[1]]
    refused = failures(together(CROWD, lambda n: small.place(held[n], buyer=pairs[n % 4])))
    assert all(isinstance(each, TooManyTickets) for each in refused)
    assert CROWD - len(refused) <= 2 * MOST


def test_a_hold_that_many_renew_at_once_is_renewed_so_often_as_allowed(small: Stage) -> None:
    held = small.hold(small.seats(2))
    answers = together(CROWD, lambda _: small.desk.write_now(renew, held.token, minutes=15))
    assert sum(isinstance(each, NoMoreRenewals) for each in failures(answers)) == CROWD - MOST
    left = [each.renewals_left for each in answers if isinstance(each, Held)]
    assert sorted(left) == list(range(MOST))
