"""One seed, one sale, one history: `simulate(seed)` plays it and says what went wrong."""

import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

import sqlalchemy as sa

import databases
from simulation import people
from simulation.acts import Acts
from simulation.linear import Op, unexplained
from simulation.people import Mix, Town
from simulation.process import Process
from simulation.turns import Turns
from stage import fill, stage
from ticketing.foundation import codes, engines
from ticketing.foundation.clock import HOUR, MINUTE, SetClock
from ticketing.foundation.desk import open_desk
from ticketing.orders.models import Order
from ticketing.orders.queries import overdue
from ticketing.payments.inbox import unhandled
from ticketing.programme.models import Performance
from ticketing.reports.invariants import verify

DAWN = 1_790_000_000_000  # any instant would do, but always the same


@dataclass
class Story:
    """``crashes`` of the process in so many virtual ``hours``; ``problems``: what must not be."""

    seed: int
    hours: float = 0
    acts: int = 0
    crashes: int = 0
    history: list[Op] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Scene(NamedTuple):
    """A database with the programme and nothing sold, the same every time it is made."""

    database: bytes
    performance: str
    kind: str
    seats: list[str]
    doors_at: int


def simulate(seed: int) -> Story:
    with tempfile.TemporaryDirectory(prefix="sale-") as folder:
        path = Path(folder, "life-0.db")
        path.write_bytes(scene().database)
        return play(seed, path)


def play(seed: int, path: Path) -> Story:
    rng, sale = Random(seed), scene()
    turns = Turns(sale.doors_at - rng.randint(2, 12) * HOUR)
    began, opens = turns.at, (sale.doors_at - turns.at) / MINUTE
    process = Process(path, turns, rng, rng.choice([0.05, 0.5, 5]), rng.choice([500, 5000]))
    acts = Acts(process, sale.performance, sale.kind, rng, turns, run=to_its_end)
    mix = Mix.drawn(rng)
    town = Town(
        acts, mix, sale.seats[: mix.seats],
        lambda: turns.at / MINUTE, lambda minutes: turns.wait(minutes * MINUTE), turns.start,
    )  # fmt: skip
    for n in range(mix.buyers):
        turns.start(people.buyer, town, f"buyer {n}")
    turns.start(people.caretaker, town)
    turns.start(people.usher, town, opens)
    problems = []
    with drawn_from(rng), patch.object(engines, "time", turns):
        try:
            turns.run()
            process.crash_every = 0
            turns.start(acts.rounds)
            turns.run()
        except Exception as error:
            problems.append(f"an act failed: {error!r}")
    process.close()
    hours = (turns.at - began) / HOUR
    problems += process.failed + what_is_wrong(process.path, turns.now(), town)
    return Story(seed, hours, process.acts, process.life, acts.history, problems)


def what_is_wrong(path: Path, now: int, town: Town) -> list[str]:
    """Ask the database that is left, and whether it explains what people were told."""
    desk = open_desk(f"sqlite:///{path}")
    known = set(desk.read_now(lambda tx: tx.execute(sa.select(Order.number)).scalars().all()))
    problems = [f"{failure.name}: {failure.rows}" for failure in desk.read_now(verify)]
    problems += [f"never lapsed: {order}" for order in desk.read_now(overdue, now)]
    problems += [f"never acted upon: {event}" for event in desk.read_now(unhandled)]
    desk.close()
    problems += [f"forgotten: {order}" for order in town.orders if order.number not in known]
    return problems + [f"nothing explains {seat}" for seat in unexplained(town.acts.history)]


@cache
def scene() -> Scene:
    databases.import_every_model()
    with tempfile.TemporaryDirectory() as folder, drawn_from(Random(0)):
        path = Path(folder, "scene.db")
        databases.make_tables(f"sqlite:///{path}")
        fill(f"sqlite:///{path}", SetClock(DAWN))
        desk = open_desk(f"sqlite:///{path}")
        world = stage(desk)
        doors = sa.select(Performance.doors_at).where(Performance.id == world.performance)
        kind, seats, at = world.first_type(world.performance), world.seats(16), world.ask(doors)
        desk.close()
        return Scene(path.read_bytes(), world.performance, kind, seats, at.scalar_one())


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


def to_its_end(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run what waits only in virtual time: it has no event loop and needs none."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise RuntimeError("it waits for something real")
