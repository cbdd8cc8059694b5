"""Free tickets: approved by name, counted like any other, from free seats or kept ones."""

from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa

from office import hashed
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.comp import CompWish, NoApprover, comp, comp_once
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.inventory.allocate import allocate
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.models import KeptFor
from ticketing.orders.buyer import buyer
from ticketing.orders.create import Buyer
from ticketing.orders.limit import TooManyTickets
from ticketing.orders.models import Comp, Order, OrderLine
from ticketing.programme.models import Performance
from ticketing.programme.on_sale import SaleClosed
from ticketing.programme.pause import pause
from ticketing.reports.export import as_json
from ticketing.reports.figures import differences
from ticketing.reports.sales import sales
from ticketing.tickets.issue import ApprovedNumberReached
from ticketing.tickets.models import Headcount, Ticket


def staff(world: Stage, role: Role = Role.ORGANISER) -> str:
    return world.desk.write_now(add_staff, f"{role}@nanhu.test", "Lan", role, hashed(), by="test")


def wish(world: Stage, seats: list[str], approver: str, of: str = "") -> CompWish:
    return CompWish(world.performance, seats, of, Buyer("记者"), "晚报剧评", approver, "zh")


def issue(world: Stage, wish: CompWish) -> str:
    return world.desk.write_now(comp, wish, by="staff:mei")


def test_a_comp_is_a_ticket_that_costs_nothing(world: Stage) -> None:
    lan = staff(world)
    number = issue(world, wish(world, world.seats(2), lan))
    lines = world.ask(sa.select(OrderLine.face, OrderLine.discount, OrderLine.paid)).all()
    assert [tuple(line) for line in lines] == [(12000, 12000, 0)] * 2
    (row,) = world.ask(sa.select(Comp.approver_id, Comp.reason, Order.number).join(Order))
    assert tuple(row) == (lan, "晚报剧评", number)
    report = world.desk.read_now(
        sales, world.performance, world.ask(sa.select(Order.paid_at)).scalar_one()
    )
    assert (report.comps, report.sold, as_json(report)["comps"]) == (2, 2, 2)
    assert differences(report) == []
    assert world.desk.read_now(verify) == []


def test_kept_seats_become_comps_and_the_rest_stays_kept(world: Stage) -> None:
    lan, seats = staff(world), world.seats(3)
    of = world.desk.write_now(allocate, world.performance, seats, KeptFor.PRESS, "", None, by="mei")
    issue(world, wish(world, seats[:2], lan, of))
    with pytest.raises(SeatsTaken):
        world.hold(seats[2:])
    with pytest.raises(BadInput):  # they are in it no more
        issue(world, wish(world, seats[:1], lan, of))
    assert world.desk.read_now(verify) == []


def test_seats_kept_for_another_night_stay_there(world: Stage) -> None:
    """A plan's seats have the same ids on every night."""
    lan, seats = staff(world), world.seats(2)
    soon = world.ask(sa.select(Performance.id).where(Performance.slug.like("tiandishu-soon-%")))
    other = soon.scalars().first()
    of = world.desk.write_now(allocate, other, seats, KeptFor.PRESS, "", None, by="mei")
    with pytest.raises(NotFound):
        issue(world, wish(world, seats, lan, of))
    assert world.desk.read_now(sales, other, SystemClock().now()).allocated == 2


@pytest.mark.parametrize("role", [Role.BOX_OFFICE, None])
def test_somebody_of_the_organiser_has_to_approve(world: Stage, role: Role | None) -> None:
    approver = staff(world, role) if role else "nobody"
    with pytest.raises(NoApprover):
        issue(world, wish(world, world.seats(1), approver))
    assert world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one() == 0


def test_a_reason_is_needed(world: Stage) -> None:
    with pytest.raises(BadInput):
        issue(world, replace(wish(world, world.seats(1), staff(world)), reason=""))


def test_a_comp_counts_against_the_approved_number(world: Stage) -> None:
    lan = staff(world)
    change = sa.update(Headcount).where(Headcount.performance_id == world.performance)
    world.desk.write_now(lambda tx, now: tx.execute(change.values(approved=1)))
    with pytest.raises(ApprovedNumberReached):
        issue(world, wish(world, world.seats(2), lan))
    assert world.desk.read_now(verify) == []


def test_a_comp_is_issued_while_the_sale_is_paused_and_not_when_it_is_over(world: Stage) -> None:
    lan = staff(world)
    world.desk.write_now(pause, world.performance, by="test")
    issue(world, wish(world, world.seats(1), lan))
    show = world.desk.read_now(sales, world.performance, 0).performance
    with (
        closing(open_desk(world.desk.url, SetClock(show.ends_at + HOUR))) as desk,
        pytest.raises(SaleClosed),
    ):
        desk.write_now(comp, wish(world, world.seats(1, skip=5), lan), by="mei")


def test_a_doubled_click_issues_once(world: Stage) -> None:
    what = wish(world, world.seats(2), staff(world))
    numbers = {world.desk.write_now(comp_once, what, "key", by="staff:mei") for _ in range(2)}
    assert len(numbers) == 1


def test_a_comp_that_is_cancelled_frees_its_seats(world: Stage) -> None:
    seats = world.seats(2)
    number = issue(world, wish(world, seats, staff(world)))
    world.desk.write_now(cancel_order, number, by="test")
    world.buy(seats)
    assert world.desk.read_now(verify) == []


def test_what_a_guest_was_given_is_no_ticket_that_they_bought(world: Stage) -> None:
    critic = buyer({"phone": "138 0000 1234"})
    here = sa.update(Performance).where(Performance.id == world.performance)
    world.desk.write_now(lambda tx, now: tx.execute(here.values(most_per_buyer=2)))
    issue(world, replace(wish(world, world.seats(2), staff(world)), guest=critic))
    world.place(world.hold(world.seats(2, skip=2)), buyer=critic)
    with pytest.raises(TooManyTickets):
        world.place(world.hold(world.seats(1, skip=4)), buyer=critic)
