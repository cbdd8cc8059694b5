"""The same people in real time: threads, and processes of their own, on one database."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import Any
from unittest.mock import patch

from simulation import people
from simulation.acts import Acts
from simulation.hindsight import whole_history
from simulation.linear import Op
from simulation.town import Mix, Town
from stage import Stage, stage
from ticketing.checkout import place
from ticketing.desk.desk import open_desk
from ticketing.inventory import hold, renew
from ticketing.inventory.claim import SeatsTaken
from ticketing.payments.gateways.play import PLAY

MINUTE = range(8, 101)  # milliseconds: a hold lasts 120, or longer where one act takes long
MIX = Mix(
    buyers=24, within=15, seats=6, thinks=3, late=0.3, declined=0.2, doubled=0.5, returns=0.5,
    latest=20,
)  # fmt: skip


def sale(url: str, seed: int, mix: Mix = MIX) -> list[Op]:
    """Let them all come, on threads of their own; return what they were told."""
    threads: list[threading.Thread] = []
    failed: list[BaseException] = []

    def start(actor: Callable[..., Any], *args: Any) -> None:
        threads.append(threading.Thread(target=kept, args=(actor, *args)))
        threads[-1].start()

    def kept(actor: Callable[..., Any], *args: Any) -> None:
        try:
            actor(*args)
        except BaseException as error:
            failed.append(error)

    with closing(open_desk(url)) as desk:
        world = stage(desk)
        kind, pool = world.first_type(world.performance), world.seats(mix.seats)
        acts = Acts(desk, world.performance, kind, Random(seed))
        minute = min(max(MINUTE[0], one_act(world)), MINUTE[-1])
        town = Town(
            acts, mix, pool, lambda: time.time() * 1000 / minute,
            lambda minutes: time.sleep(minutes * minute / 1000), start, {PLAY: people.pay},
        )  # fmt: skip
        with minutes_of(minute):
            for n in range(mix.buyers):
                start(people.buyer, town, f"buyer {seed}-{n}")
            start(people.caretaker, town)
            for thread in threads:  # grows while it is walked: who comes brings others
                thread.join()
            acts.rounds()
        history = desk.read_now(whole_history, acts)
    if failed:
        raise failed[0]
    return history


@contextmanager
def minutes_of(milliseconds: int) -> Iterator[None]:
    """Inside, a minute of a hold or of an order lasts so long in this process."""
    with ExitStack() as stack:
        for module in (hold, renew, place):
            stack.enter_context(patch.object(module, "MINUTE", milliseconds))
        yield


def one_act(world: Stage) -> int:
    """Return how many milliseconds a hold takes on this machine now, be it that another process was quicker."""
    began = time.monotonic()
    with suppress(SeatsTaken):
        world.hold_on_the_lawn(1)
    return int((time.monotonic() - began) * 1000)


def sales(url: str, processes: int, mix: Mix = MIX) -> list[Op]:
    """The same from so many processes at once."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        told = pool.map(partial(sale, url, mix=mix), range(processes))
        return [op for history in told for op in history]
