"""A hall of 80,000 on both databases: `PYTHONPATH=tests .venv/bin/python -m bench.large_hall [SEATS]`.

Prints the seconds of CPU that this process took for each step. The hall is half sold where it is
looked at; PostgreSQL's own time is not counted.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

import sqlalchemy as sa

import databases
import postgres
from halls import arena_world
from stage import SECRET_KEY, Stage, stage
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import SystemClock
from ticketing.foyer.doors.seats_page import drawn
from ticketing.foyer.night import night_by_id
from ticketing.foyer.seats_view import seats_view
from ticketing.inventory.hold import hold_best
from ticketing.inventory.models import PerformanceSeat
from ticketing.programme.queries import by_id
from ticketing.reports.night import night
from ticketing.reports.sales import sales
from ticketing.seating.queries import PLANS
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.keys import ensure_key
from ticketing.world.load import World
from ticketing.world.seed import seed

T = TypeVar("T")


def main(seats: int) -> None:
    databases.import_every_model()
    folder = Path(tempfile.mkdtemp(prefix="large-hall-"))
    try:
        world = timed("read the file and rate every view", lambda: arena_world(seats))
        print(f"  {len(world.plans['black-box'].seats)} seats")
        with postgres.running(durable=True) as cluster:
            for name, url in (
                ("SQLite", f"sqlite:///{folder}/bench.db"),
                ("PostgreSQL", databases.create_database(cluster, "bench")),
            ):
                print(name)
                databases.make_tables(url)
                measure(url, world)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(url: str, world: World) -> None:
    desk = open_desk(url)
    timed("store it", lambda: seed(desk, world))
    desk.write_now(ensure_key, SECRET_KEY)
    hall, clock = stage(desk), SystemClock()
    show, slug = hall.performance, hall.slug(hall.performance)
    plan_id = desk.read_now(by_id, show).plan_id
    PLANS.clear()
    plan = timed("load it into a process", lambda: desk.read_now(read_plan, plan_id))
    desk.write_now(sell_half, show, plan_id)
    key = plan.sections[4].key
    for turn in ("first", "again"):
        timed(f"overview, {turn}", lambda: view(hall, slug))
        timed(f"one section, {turn}", lambda: view(hall, slug, key))
    timed("performance page", lambda: desk.read_now(night_by_id, show, clock.now()))
    two = [seat.id for seat in plan.seats if seat.row == "2"][:2]
    timed("hold two by seat", lambda: hall.hold(two))
    timed("hold four, the best", lambda: desk.write_now(
        hold_best, show, 4, None, by="bench", minutes=15, rng=Random(1)))  # fmt: skip
    timed("sales report", lambda: desk.read_now(sales, show, clock.now()))
    timed("office page", lambda: desk.read_now(night, slug, clock.now()))
    desk.close()


def view(hall: Stage, slug: str, section: str = "") -> str:
    """Return the drawing of the seat page."""
    return drawn(hall.desk.read_now(seats_view, slug, "", SystemClock().now(), section), "zh")


def sell_half(tx: Tx, performance_id: str, plan_id: str, *, now: int) -> None:
    """Keep every other row for the house: what stands in the table, and nothing beside it."""
    rows = [
        {
            "performance_id": performance_id, "plan_id": plan_id, "seat_id": seat.id,
            "held_until": 0, "allocation": "house", "changed_at": now,
        }
        for seat in read_plan(tx, plan_id).seats
        if int(seat.row) % 2
    ]  # fmt: skip
    tx.execute(sa.insert(PerformanceSeat), rows)


def timed(what: str, act: Callable[[], T]) -> T:
    began = time.process_time()
    result = act()
    print(f"  {time.process_time() - began:8.3f} s  {what}", flush=True)
    return result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 80_000)
