"""A performance is scheduled once, changed afterwards, and keeps its number and its plan."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR
from ticketing.programme.announce import credit
from ticketing.programme.cast import Part, cast
from ticketing.programme.models import CastMember, Credit, Performance, Person, Production
from ticketing.programme.schedule import Showing, schedule
from ticketing.seating.models import SeatingPlan


def row(tx: Tx, slug: str) -> Any:
    return tx.execute(sa.select(Performance.__table__).where(Performance.slug == slug)).one()


def one(world: Stage, query: sa.Select[Any]) -> Any:
    return world.ask(query.limit(1)).scalars().one()


@pytest.fixture
def showing(world: Stage) -> Showing:
    known = world.desk.read_now(row, world.slug(world.performance))
    return Showing(**{name: getattr(known, name) for name in Showing.__slots__})


def test_scheduling_again_changes_nothing(world: Stage, showing: Showing) -> None:
    first = world.desk.write_now(schedule, "again", showing, by="test")
    before = world.desk.read_now(row, "again")
    assert world.desk.write_now(schedule, "again", showing, by="test") == first
    assert world.desk.read_now(row, "again") == before
    assert before.published_at


def test_a_later_start_is_stored_and_the_number_stays(world: Stage, showing: Showing) -> None:
    world.desk.write_now(schedule, "later", showing, by="test")
    before = world.desk.read_now(row, "later")
    later = replace(showing, starts_at=showing.starts_at + HOUR, ends_at=showing.ends_at + HOUR)
    world.desk.write_now(schedule, "later", later, by="test")
    after = world.desk.read_now(row, "later")
    assert after.starts_at == before.starts_at + HOUR
    assert (after.number, after.published_at) == (before.number, before.published_at)


def test_a_performance_keeps_the_plan_it_was_scheduled_with(world: Stage, showing: Showing) -> None:
    other = one(world, sa.select(SeatingPlan.id).where(SeatingPlan.id != showing.plan_id))
    world.desk.write_now(schedule, "same", showing, by="test")
    world.desk.write_now(schedule, "same", replace(showing, plan_id=other), by="test")
    assert world.desk.read_now(row, "same").plan_id == showing.plan_id


def test_doors_that_open_after_the_start_are_refused(world: Stage, showing: Showing) -> None:
    wrong = replace(showing, doors_at=showing.starts_at + 1)
    with pytest.raises(sa.exc.IntegrityError):
        world.desk.write_now(schedule, "wrong", wrong, by="test")


def test_a_cast_is_replaced_as_a_whole(world: Stage) -> None:
    person = one(world, sa.select(Person.id).where(Person.slug == "tan-dun"))
    part = Part(person, {"zh": "客串", "en": "Guest"}, {"zh": "", "en": ""})
    world.desk.write_now(cast, world.performance, [part], by="test")
    playing = sa.select(CastMember.person_id).where(CastMember.performance_id == world.performance)
    assert list(world.ask(playing).scalars()) == [person]


def test_credits_are_replaced_as_a_whole(world: Stage) -> None:
    piece = one(world, sa.select(Production.id).where(Production.slug == "tiandishu"))
    world.desk.write_now(credit, piece, [], by="test")
    assert not world.ask(sa.select(Credit.person_id).where(Credit.production_id == piece)).all()
