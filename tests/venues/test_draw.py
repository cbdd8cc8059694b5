"""A drawing is stored once; a changed one is a new version."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.inventory.models import PerformanceSeat
from ticketing.programme.models import Performance
from ticketing.programme.queries import by_id
from ticketing.seating.models import SeatingPlan, SeatRow
from ticketing.seating.plan import Plan
from ticketing.seating.queries import PLANS, plan
from ticketing.seating.store import draw_plan
from ticketing.tickets.queries import tickets_of
from ticketing.venues.models import Hall
from ticketing.venues.queries import gate, gates
from ticketing.world.load import load_world, shipped

DRAWN = load_world(shipped()).plans["black-box"]


def hall(tx: Tx) -> str:
    return str(tx.execute(sa.select(Hall.id).where(Hall.slug == "black-box")).scalar_one())


def versions(tx: Tx) -> list[int]:
    query = sa.select(SeatingPlan.version).where(SeatingPlan.name == DRAWN.name)
    return list(tx.execute(query.order_by(SeatingPlan.version)).scalars())


def draw(world: Stage, drawn: Plan) -> str:
    return world.desk.write_now(draw_plan, world.desk.read_now(hall), drawn, by="test")


def test_a_plan_comes_back_from_the_database_as_it_was_drawn(world: Stage) -> None:
    plan_id = draw(world, DRAWN)
    PLANS.clear()
    stored = world.desk.read_now(plan, plan_id)
    assert stored == replace(DRAWN, id=plan_id)
    assert len(stored.seats) == 150


def test_the_same_drawing_is_stored_once(world: Stage) -> None:
    assert draw(world, DRAWN) == draw(world, replace(DRAWN, id="another", version=9))
    assert world.desk.read_now(versions) == [1]


def test_a_moved_seat_is_a_new_version_and_the_old_one_stays(world: Stage) -> None:
    before = draw(world, DRAWN)
    moved = replace(DRAWN.seats[0], x=DRAWN.seats[0].x + 0.1)
    after = draw(world, replace(DRAWN, seats=(moved, *DRAWN.seats[1:])))
    assert world.desk.read_now(versions) == [1, 2]
    PLANS.clear()
    old, new = world.desk.read_now(plan, before), world.desk.read_now(plan, after)
    assert (old.seats, new.seats[0]) == (DRAWN.seats, moved)
    assert new.by_id.keys() == old.by_id.keys()


def test_an_unknown_plan_is_not_found(world: Stage) -> None:
    with pytest.raises(NotFound):
        world.desk.read_now(plan, "nothing")


def test_a_gate_knows_its_hall_and_venue(world: Stage) -> None:
    sign = world.desk.read_now(gate, "main")
    assert (sign.label["zh"], sign.hall["zh"]) == ("门 A", "黑匣子")
    assert (sign.venue["en"], sign.zone) == ("Yongli Shiguang Black Box", "Asia/Shanghai")
    assert [one.name for one in world.desk.read_now(gates)] == ["lakeside", "main"]


def test_an_unknown_gate_is_not_found(world: Stage) -> None:
    with pytest.raises(NotFound):
        world.desk.read_now(gate, "side")


def test_seats_that_were_sold_keep_their_plan_when_it_is_drawn_anew(world: Stage) -> None:
    seat = world.seats(1)[0]
    sold = world.buy([seat])
    before = world.ask(sa.select(SeatRow).where(SeatRow.id == seat)).all()
    away = replace(DRAWN, seats=tuple(s for s in DRAWN.seats if s.id != seat))
    after = draw(world, away)
    plans = sa.select(Performance.plan_id, PerformanceSeat.plan_id).join_from(
        Performance, PerformanceSeat, PerformanceSeat.performance_id == Performance.id
    )
    kept = world.ask(plans.where(PerformanceSeat.seat_id == seat)).one()
    assert set(kept) == {world.desk.read_now(by_id, world.performance).plan_id} != {after}
    assert world.ask(sa.select(SeatRow).where(SeatRow.id == seat)).all() == before
    (ticket,) = world.desk.read_now(tickets_of, sold.order.id)
    assert (ticket.seat_id, ticket.seat_number) == (seat, "1")
