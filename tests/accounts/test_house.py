"""There is one house."""

import asyncio
from contextlib import closing

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.accounts import house
from ticketing.accounts.house import describe_house, follow_house, open_front
from ticketing.accounts.models import House
from ticketing.desk.desk import open_desk
from ticketing.foundation.front import Front
from ticketing.world.load import load_world, shipped

WORDS = {"zh": "新名", "en": "New name"}


def test_the_house_may_be_renamed_and_stays_one(world: Stage) -> None:
    says = load_world(shipped()).file.house.values | {"name": WORDS, "demo": 0}
    world.desk.write_now(describe_house, says, by="test")
    (row,) = world.ask(sa.select(House.name, House.demo)).all()
    assert tuple(row) == (WORDS, 0)


def test_what_another_process_writes_is_on_the_pages_a_moment_later(
    world: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "EVERY", 0.05)
    monkeypatch.setattr(Front, "house", Front.house)
    world.desk.read_now(open_front)
    says = dict(Front.house) | {"contact": WORDS}

    async def serve_and_change() -> str:
        following = asyncio.create_task(follow_house(world.desk))
        with closing(open_desk(world.desk.url)) as other:
            await asyncio.to_thread(other.write_now, describe_house, says, by="seed")
        for _ in range(100):
            await asyncio.sleep(0.02)
            if Front.house["contact"] == WORDS:
                break
        following.cancel()
        return str(Front.house["contact"]["en"])

    assert asyncio.run(serve_and_change()) == "New name"
