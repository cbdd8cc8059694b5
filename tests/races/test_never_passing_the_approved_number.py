"""Promise 6: live tickets never pass the approved number, which may be less than the seats."""

import threading

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.tickets.models import Headcount, Ticket
from together import failures, together

APPROVED = 5


@pytest.fixture
def small(world: Stage) -> Stage:
    """The lawn, of which the fire brigade approved five places."""
    world.desk.write_now(approve_only, world.lawn)
    return world


def approve_only(tx: Tx, performance: str, *, now: int) -> None:
    house = sa.update(Headcount).where(Headcount.performance_id == performance)
    tx.execute(house.values(approved=APPROVED))


def live(tx: Tx, performance: str) -> int:
    query = sa.select(Headcount.live).where(Headcount.performance_id == performance)
    return int(tx.execute(query).scalar_one())


def count_in_unguarded(tx: Tx, performance: str, *, now: int) -> None:
    house = sa.update(Headcount).where(Headcount.performance_id == performance)
    tx.execute(house.values(live=Headcount.live + 3))


def test_control_looking_first_and_counting_then_passes_the_number(small: Stage) -> None:
    small.desk.write_now(lift_the_check)
    looked = threading.Barrier(2)

    def sell_three(_: int) -> None:
        room = small.desk.read_now(live, small.lawn) + 3 <= APPROVED
        looked.wait()  # both have looked before either counts
        if room:
            small.desk.write_now(count_in_unguarded, small.lawn)

    assert failures(together(2, sell_three)) == []
    assert small.desk.read_now(live, small.lawn) == 6


def test_the_check_stands_behind_the_act(small: Stage) -> None:
    small.desk.write_now(count_in_unguarded, small.lawn)
    (refused,) = together(1, lambda _: small.desk.write_now(count_in_unguarded, small.lawn))
    assert "not_oversold" in str(refused)
    assert small.desk.read_now(live, small.lawn) == 3


def test_forty_buyers_of_five_places_get_five_tickets(small: Stage) -> None:
    answers = together(40, lambda _: small.place(small.hold_on_the_lawn(1)))
    assert len(answers) - len(failures(answers)) == APPROVED
    assert all(isinstance(answer, Refused) for answer in failures(answers))
    tickets = sa.select(sa.func.count()).select_from(Ticket)
    assert small.ask(tickets).scalar_one() == APPROVED
    assert small.desk.read_now(live, small.lawn) == APPROVED


def lift_the_check(tx: Tx, *, now: int) -> None:
    """Rebuild the table without its CHECK, the same way on both databases."""
    tx.execute(sa.text("ALTER TABLE headcount RENAME TO guarded"))
    tx.execute(sa.text("CREATE TABLE headcount AS SELECT * FROM guarded"))
