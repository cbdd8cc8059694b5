"""Promise 1: a seat is sold once. First that it can go wrong, then that it does not."""

import threading

import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import INSERT, Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import Refused
from ticketing.inventory.hold_record import Held
from ticketing.inventory.models import PerformanceSeat
from ticketing.tickets.models import Headcount, Ticket
from together import together

BUYERS, SEATS = 64, 10


def is_free(tx: Tx, performance: str, seat: str) -> bool:
    query = sa.select(PerformanceSeat.seat_id).where(
        PerformanceSeat.performance_id == performance, PerformanceSeat.seat_id == seat
    )
    return tx.execute(query).first() is None


def take_unguarded(tx: Tx, world: Stage, seat: str, plan: str, hold: str, *, now: int) -> None:
    """The claim without its condition: whoever comes last has the seat."""
    values = {
        "performance_id": world.performance, "seat_id": seat, "plan_id": plan, "hold_id": hold,
        "held_until": now + 60_000, "changed_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](PerformanceSeat).values(values)
    keys = ["performance_id", "seat_id"]
    tx.execute(insert.on_conflict_do_update(index_elements=keys, set_={"hold_id": hold}))


def test_control_without_the_condition_two_buyers_are_told_yes(world: Stage) -> None:
    (seat,) = world.seats(1)
    query = sa.text("SELECT plan_id FROM performance WHERE id = :id").bindparams(
        id=world.performance
    )
    plan = str(world.ask(query).scalar_one())
    looked = threading.Barrier(2)

    def buy(n: int) -> str:
        free = world.desk.read_now(is_free, world.performance, seat)
        looked.wait()  # both have looked before either takes
        assert free
        hold = digest(str(n))
        world.desk.write_now(take_unguarded, world, seat, plan, hold)
        return hold

    answers = together(2, buy)
    assert len({answer for answer in answers if isinstance(answer, str)}) == 2


def test_sixty_four_buyers_of_ten_seats_get_ten_tickets(world: Stage) -> None:
    seats = world.seats(SEATS)
    answers = together(BUYERS, lambda n: world.buy([seats[n % SEATS]]))
    assert sum(not isinstance(answer, Exception) for answer in answers) == SEATS
    assert all(isinstance(a, Refused) for a in answers if isinstance(a, Exception))
    live = sa.select(sa.func.count(), sa.func.count(sa.distinct(Ticket.seat_id)))
    assert tuple(world.ask(live.where(Ticket.voided_at.is_(None))).one()) == (SEATS, SEATS)


def test_parties_that_overlap_in_opposite_orders_neither_share_nor_deadlock(world: Stage) -> None:
    seats = world.seats(6)
    wishes = [seats[:4], list(reversed(seats[2:])), seats[1:5], list(reversed(seats[:3]))]
    answers = together(32, lambda n: world.hold(wishes[n % 4]))
    held = [seat for each in answers if isinstance(each, Held) for seat in each.seats]
    assert held
    assert len(held) == len(set(held))
    assert all(isinstance(a, Refused) for a in answers if isinstance(a, Exception))


def test_the_index_refuses_a_second_live_ticket_whatever_an_act_does(world: Stage) -> None:
    placed = world.buy(world.seats(1))
    (ticket,) = world.tickets(placed)
    twin = dict(ticket._mapping) | {
        "id": "twin", "number": 7, "short": "222222", "secret_digest": "twin"
    }  # fmt: skip
    answers = together(1, lambda _: world.desk.write_now(copy_ticket, twin))
    assert "one_live_ticket" in str(answers[0]) or "UNIQUE" in str(answers[0])
    assert world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one() == 1
    assert world.ask(sa.select(Headcount.live).where(Headcount.live > 0)).scalar_one() == 1


def copy_ticket(tx: Tx, values: dict[str, object], *, now: int) -> None:
    tx.execute(sa.insert(Ticket), values)
