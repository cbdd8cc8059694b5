"""There is one house."""

import sqlalchemy as sa

from stage import Stage
from ticketing.accounts.house import describe_house
from ticketing.accounts.models import House
from ticketing.world.load import load_world, shipped

WORDS = {"zh": "新名", "en": "New name"}


def test_the_house_may_be_renamed_and_stays_one(world: Stage) -> None:
    says = load_world(shipped()).file.house.values | {"name": WORDS, "demo": 0}
    world.desk.write_now(describe_house, says, by="test")
    (row,) = world.ask(sa.select(House.name, House.demo)).all()
    assert tuple(row) == (WORDS, 0)
