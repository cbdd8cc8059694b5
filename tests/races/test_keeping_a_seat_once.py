"""A seat is kept by the house or held by a buyer. First that it can go wrong, then that it does not."""

import threading

import sqlalchemy as sa

from office import hashed
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.audit.verify import verify
from ticketing.box_office.comp import CompWish, comp
from ticketing.desk.db import INSERT, Tx
from ticketing.foundation.errors import BadInput
from ticketing.inventory.allocate import allocate, release
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold_record import Held
from ticketing.inventory.models import KeptFor, PerformanceSeat
from ticketing.inventory.seat_map import taken_seats
from ticketing.orders.create import Buyer
from ticketing.programme.on_sale import terms
from together import failures, together


def keep(world: Stage, seats: list[str]) -> str:
    return world.desk.write_now(
        allocate, world.performance, seats, KeptFor.HOUSE, "", None, by="staff:mei"
    )


def keep_unguarded(tx: Tx, performance: str, seat: str, *, now: int) -> None:
    """The allocation without the claim's condition: it takes what somebody holds."""
    values = {
        "performance_id": performance, "seat_id": seat, "plan_id": terms(tx, performance).plan_id,
        "held_until": 0, "allocation": "mine", "changed_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](PerformanceSeat).values(values)
    keys = ["performance_id", "seat_id"]
    tx.execute(insert.on_conflict_do_update(index_elements=keys, set_={"allocation": "mine"}))


def test_control_without_the_condition_house_and_buyer_are_told_yes(world: Stage) -> None:
    (seat,) = world.seats(1)
    looked, held = threading.Barrier(2), threading.Event()

    def take(n: int) -> object:
        taken = world.desk.read_now(taken_seats, world.performance, 0)
        looked.wait()  # both have looked before either takes
        assert seat not in taken
        if n:
            held.wait()
            return world.desk.write_now(keep_unguarded, world.performance, seat)
        mine = world.hold([seat])
        held.set()
        return mine

    buyer, house = together(2, take)
    assert (isinstance(buyer, Held), house) == (True, None)
    owner = sa.select(PerformanceSeat.hold_id, PerformanceSeat.allocation)
    assert None not in tuple(world.ask(owner).one())


def test_of_house_and_buyer_at_one_instant_one_has_the_seat(world: Stage) -> None:
    for seat in world.seats(8)[::2]:

        def take(n: int, seat: str = seat) -> object:
            return keep(world, [seat]) if n % 2 else world.hold([seat])

        answers = together(4, take)
        assert sum(isinstance(each, str | Held) for each in answers) == 1
        assert all(isinstance(each, str | Held | SeatsTaken) for each in answers)
    assert world.desk.read_now(verify) == []


def test_let_go_by_many_hands_a_seat_is_free_once(world: Stage) -> None:
    seats = world.seats(3)
    mine = keep(world, seats)
    freed: list[str] = []

    def let_go(_: int) -> None:
        freed.extend(world.desk.write_now(release, world.performance, mine, by="staff:mei"))

    assert failures(together(8, let_go)) == []
    assert sorted(freed) == sorted(seats)
    assert world.desk.read_now(verify) == []


def test_of_two_who_issue_the_same_kept_seats_one_does(world: Stage) -> None:
    lan = world.desk.write_now(
        add_staff, "lan@nanhu.test", "Lan", Role.ORGANISER, hashed(), by="test"
    )
    seats = world.seats(2)
    wish = CompWish(world.performance, seats, keep(world, seats), Buyer(), "review", lan, "zh")
    answers = together(4, lambda _: world.desk.write_now(comp, wish, by="staff:mei"))
    assert sum(isinstance(each, str) for each in answers) == 1
    assert all(isinstance(each, str | BadInput) for each in answers)
    assert world.desk.read_now(verify) == []
