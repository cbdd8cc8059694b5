"""A price list is set as a whole, and adds up."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from stage import Stage
from ticketing.desk.db import Tx
from ticketing.desk.diary import DiaryEntry
from ticketing.pricing.models import Funder, Price, PriceBand, SectionBand
from ticketing.pricing.set_prices import Band, PriceEntry, PriceList, TicketTypeEntry, set_prices

NAME = {"zh": "全场", "en": "Everywhere"}
LIST = PriceList(
    bands=[Band("all", NAME, ["cushion", "stool", "chair"])],
    kinds=[TicketTypeEntry("full", NAME, NAME)],
    tags=[PriceEntry("all", "full", face=9000, paid=9000, currency="CNY")],
)


def set_times(tx: Tx) -> int:
    query = sa.select(sa.func.count()).where(DiaryEntry.verb == "prices.set")
    return int(tx.execute(query).scalar_one())


def prices_of(world: Stage, model: Any, *columns: Any) -> list[tuple[Any, ...]]:
    query = sa.select(*columns).where(model.performance_id == world.performance)
    return [tuple(row) for row in world.ask(query)]


def give(world: Stage, prices: PriceList) -> None:
    world.desk.write_now(set_prices, world.performance, prices, by="test")


def test_a_new_list_replaces_the_old_one(world: Stage) -> None:
    give(world, LIST)
    assert prices_of(world, Price, Price.band, Price.paid) == [("all", 9000)]
    assert prices_of(world, PriceBand, PriceBand.key) == [("all",)]
    assert len(prices_of(world, SectionBand, SectionBand.section)) == 3


def test_the_same_list_again_is_not_noted(world: Stage) -> None:
    give(world, LIST)
    before = world.desk.read_now(set_times)
    give(world, LIST)
    assert world.desk.read_now(set_times) == before
    give(
        world, replace(LIST, tags=[PriceEntry("all", "full", face=9100, paid=9100, currency="CNY")])
    )
    assert world.desk.read_now(set_times) == before + 1


@pytest.mark.parametrize(
    "tag",
    [
        PriceEntry("all", "full", face=9000, paid=8000, currency="CNY"),
        PriceEntry("all", "full", face=9000, paid=8000, currency="CNY", funded=1000),
        PriceEntry("all", "full", face=9000, paid=10_000, currency="CNY", discount=-1000),
        PriceEntry("gold", "full", face=9000, paid=9000, currency="CNY"),
    ],
)
def test_a_price_that_does_not_add_up_is_refused_whole(world: Stage, tag: PriceEntry) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        give(world, replace(LIST, tags=[tag]))
    assert len(prices_of(world, Price, Price.band)) == 12


def test_a_funded_price_names_its_funder(world: Stage) -> None:
    funder = str(world.ask(sa.select(Funder.id)).scalars().one())
    tag = PriceEntry(
        "all", "full", face=9000, paid=8000, currency="CNY", funded=1000, funder_id=funder
    )
    give(world, replace(LIST, tags=[tag]))
    assert prices_of(world, Price, Price.funded, Price.funder_id) == [(1000, funder)]
