"""Store a world by the rooms' own acts: again changes nothing, a changed file updates what it may."""

from collections.abc import Collection

import sqlalchemy as sa

from ticketing.accounts.house import open_front
from ticketing.accounts.queries import house
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.errors import Refused
from ticketing.foundation.fixture_time import is_relative
from ticketing.orders.models import Order
from ticketing.world.compare import SeedPlan, Step, compare
from ticketing.world.load import World
from ticketing.world.models import Seeded
from ticketing.world.names import names
from ticketing.world.put import Act, put
from ticketing.world.said import dated
from ticketing.world.schema import PerformanceEntry
from ticketing.world.showings import performance_id, to_be

BY = "seed"


class CurrencyStays(Refused):
    type = "currency-stays"
    zh = "已经用 {currency} 卖过票，币种不能再改。"
    en = "Tickets were sold in {currency}: the house's currency cannot be changed any more."


def seed(desk: Desk, world: World, moved: Collection[str] = ()) -> SeedPlan:
    """Store all of it or nothing, and return what was done: see ``compare``. Relative times count from
    the desk's clock, when first met: see ``to_be``."""
    done = desk.write_now(store, world, moved, by=BY)
    desk.read_now(open_front)
    return done


def plan(tx: Tx, world: World, moved: Collection[str] = (), *, now: int) -> SeedPlan:
    """Return what ``seed`` would do; raises CurrencyStays."""
    keep_currency(tx, world.file.house.currency)
    return compare(tx, world, now, moved)


def store(tx: Tx, world: World, moved: Collection[str], *, by: str, now: int) -> SeedPlan:
    planned = plan(tx, world, moved, now=now)
    for step in planned.steps:
        if step.added or step.changes:
            entry = step.entry._replace(fields=step.merged)
            put(tx, entry, Act(by, now, names(tx), world))
        remember(tx, step, now)
    return planned


def remember(tx: Tx, step: Step, now: int) -> None:
    """Write down what the file said, where that is new."""
    here = sa.and_(Seeded.kind == step.entry.kind, Seeded.key == step.entry.key)
    told = tx.execute(sa.select(Seeded.said).where(here)).scalar_one_or_none()
    if told == step.learnt:
        return
    values = {"said": step.learnt, "seeded_at": now}
    if told is None:
        key = {"kind": step.entry.kind, "key": step.entry.key}
        tx.execute(sa.insert(Seeded).values(**key, **values))
    else:
        tx.execute(sa.update(Seeded).where(here).values(**values))


def top_up(desk: Desk, world: World) -> None:
    """Put on again what a seeded demo needs and what is over; touch nothing else."""
    for performance in world.file.performances:
        if is_relative(performance.starts):
            desk.write_now(renew, world, performance, by=BY)


def renew(tx: Tx, world: World, performance: PerformanceEntry, *, by: str, now: int) -> None:
    dates = to_be(tx, performance, world.file, now)
    if performance_id(tx, dates.slug) is None:
        entry = dated(tx, performance, world.file, dates)
        put(tx, entry, Act(by, now, names(tx), world))
        remember(tx, Step(entry, learnt=entry.fields), now)


def keep_currency(tx: Tx, wanted: str) -> None:
    """Refuse another currency once anything was ordered: what was agreed stays as it was agreed."""
    known = house(tx)
    sold = tx.execute(sa.select(Order.id).limit(1)).first()
    if known and sold and known["currency"] != wanted:
        raise CurrencyStays(currency=known["currency"])
