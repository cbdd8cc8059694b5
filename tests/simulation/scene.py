"""Where a story is played: a database with the programme, the same every time it is made."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch

import sqlalchemy as sa

import databases
from simulation.linear import NEVER
from stage import fill, stage
from ticketing.desk import engines
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation import codes
from ticketing.foundation.clock import SetClock
from ticketing.inventory.claim import Claim, claim_all
from ticketing.programme.models import Performance
from ticketing.seating.queries import plan

DAWN = 1_790_000_000_000  # any instant would do, but always the same


class Scene(NamedTuple):
    """``seats``: those that everybody wants; of the others nothing is sold."""

    database: bytes
    performance: str
    plan: str
    kind: str
    seats: list[str]
    doors_at: int


@cache
def scene() -> Scene:
    databases.import_every_model()
    with tempfile.TemporaryDirectory() as folder, drawn_from(Random(0)):
        path = Path(folder, "scene.db")
        databases.make_tables(f"sqlite:///{path}")
        fill(f"sqlite:///{path}", SetClock(DAWN))
        with closing(open_desk(f"sqlite:///{path}")) as desk:
            world = stage(desk)
            desk.write_now(returnable, world.performance)
            query = sa.select(Performance.doors_at, Performance.plan_id)
            show = world.ask(query.where(Performance.id == world.performance)).one()
            desk.read_now(plan, show.plan_id)  # kept in memory: or the first story would differ
            kind, seats = world.first_type(world.performance), world.seats(16)
        return Scene(
            path.read_bytes(), world.performance, show.plan_id, kind, seats, show.doors_at
        )  # fmt: skip


def returnable(tx: Tx, performance_id: str, *, now: int) -> None:
    """A fifth of the price stays, until it begins."""
    mine = sa.update(Performance).where(Performance.id == performance_id)
    tx.execute(mine.values(refund_ladder=[{"hours_before": 0, "fee_percent": 20}]))


@cache
def nearly_full(free: int) -> Scene:
    """The same where somebody has every seat for good but the first so many that everybody wants."""
    empty = scene()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scene.db")
        path.write_bytes(empty.database)
        with closing(open_desk(f"sqlite:///{path}", SetClock(DAWN))) as desk:
            desk.write_now(take_all_but, empty, set(empty.seats[:free]))
        return empty._replace(database=path.read_bytes())


def take_all_but(tx: Tx, here: Scene, free: set[str], *, now: int) -> None:
    others = [seat.id for seat in plan(tx, here.plan).seats if seat.id not in free]
    claims = [Claim(seat, "somebody", NEVER) for seat in others]
    claim_all(tx, here.performance, here.plan, claims, now=now)


@contextmanager
def drawn_from(rng: Random) -> Iterator[None]:
    """Inside, all chance is the seed's."""
    with (
        patch.object(codes.CHANCE, "random", rng.random),
        patch.object(codes.CHANCE, "getrandbits", rng.getrandbits),
        patch.object(codes.CHANCE, "randbytes", rng.randbytes),
        patch.object(engines, "random", rng),
    ):
        yield
