"""The approved number is never lower than the live tickets."""

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.tickets.headcount import MoreInside, approve
from ticketing.tickets.models import Headcount


def approved(world: Stage) -> object:
    here = Headcount.performance_id == world.performance
    return world.ask(sa.select(Headcount.approved).where(here)).scalars().one()


def test_the_approved_number_may_change(world: Stage) -> None:
    world.desk.write_now(approve, world.performance, 149, by="test")
    assert approved(world) == 149


def test_it_may_be_what_is_sold_and_no_less(world: Stage) -> None:
    world.buy(world.seats(3))
    world.desk.write_now(approve, world.performance, 3, by="test")
    with pytest.raises(MoreInside) as refused:
        world.desk.write_now(approve, world.performance, 2, by="test")
    assert "3 live tickets" in refused.value.sentence("en")
    assert approved(world) == 3
