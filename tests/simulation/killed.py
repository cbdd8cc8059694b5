"""A process that sells until it is killed, at a statement that its seed names."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from simulation.acts import Acts
from simulation.town import perhaps
from simulation.wire import tap
from stage import stage
from ticketing.checkout.place_once import place_once
from ticketing.desk import sqlite as sqlite_desk
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.desk.engines import writing_engine
from ticketing.payments.inbox import Heard
from together import together

BUYERS = 16
Say = Callable[[str], None]


def killed(url: str, seed: int, *, hasty: bool = False) -> list[str]:
    """Return what was acknowledged: order numbers, and ``paid`` and the number."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["ticketing.checkout.doors.api", "ticketing.caretaker"])
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=sell_until_killed, args=(url, seed, writer, hasty))
    process.start()
    writer.close()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with os.fdopen(os.dup(reader.fileno())) as heard:
        reader.close()
        return heard.read().splitlines()


def sell_until_killed(url: str, seed: int, writer: Connection, hasty: bool) -> None:
    """``hasty``: say yes inside the act, before its commit."""

    def say(line: str) -> None:
        os.write(writer.fileno(), f"{line}\n".encode())

    def place_and_say(tx: Tx, *args: Any, **named: Any) -> Any:
        answer = place_once(tx, *args, **named)
        say(answer["number"])
        return answer

    with (
        patch.object(sqlite_desk, "writing_engine", deadly(seed)),
        patch("simulation.acts.place_once", place_and_say if hasty else place_once),
        closing(open_desk(url)) as desk,
    ):
        world = stage(desk)
        kind, pool = world.first_type(world.performance), world.seats(2 * BUYERS)
        acts = Acts(desk, world.performance, kind, Random(seed))
        while True:
            together(BUYERS, lambda n: buy_and_return(acts, pool[2 * n : 2 * n + 2], say))


def buy_and_return(acts: Acts, pair: list[str], say: Say) -> None:
    order = acts.place(acts.hold(pair, f"buyer of {pair[0]}"))
    say(order.number)
    acts.tell(order, order.payment, Heard.PAID, order.payment)
    say(f"paid {order.number}")
    perhaps(acts.cancel, order)


def deadly(seed: int) -> Callable[[str], sa.Engine]:
    """Kill the process at a statement; with an odd seed, just before the commit that comes next."""
    left = Random(seed).randint(700, 2500)

    def before(statement: str) -> None:
        nonlocal left
        left -= 1
        if left < 0 and (seed % 2 == 0 or statement == "COMMIT"):
            os.kill(os.getpid(), signal.SIGKILL)

    def engine(url: str) -> sa.Engine:
        made = writing_engine(url)
        tap(made, before)
        return made

    return engine
