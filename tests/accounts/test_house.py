"""There is one house."""

import sqlalchemy as sa

from stage import Stage
from ticketing.accounts.house import describe_house
from ticketing.accounts.models import House

WORDS = {"zh": "新名", "en": "New name"}


def test_the_house_may_be_renamed_and_stays_one(world: Stage) -> None:
    world.desk.write_now(describe_house, {"name": WORDS, "demo": 0}, by="test")
    (row,) = world.ask(sa.select(House.name, House.demo)).all()
    assert tuple(row) == (WORDS, 0)
