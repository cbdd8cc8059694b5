"""One seed, one sale, one history: `simulate(seed)` plays it and says what went wrong."""

import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from simulation import payers, people
from simulation.acts import Acts
from simulation.audit import what_is_wrong
from simulation.holds import Lost
from simulation.line import Line
from simulation.linear import Op
from simulation.process import Crashed, Process
from simulation.scene import Scene, drawn_from, nearly_full, scene
from simulation.till import Till
from simulation.town import Mix, Town
from simulation.turns import Turns
from ticketing.desk import engines
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.gateways.stripe import STRIPE


@dataclass
class Story:
    """``crashes`` of the process in so many virtual ``hours``; ``till``: what happened there, how often;
    ``problems``: what must not be."""

    seed: int
    hours: float = 0
    acts: int = 0
    crashes: int = 0
    history: list[Op] = field(default_factory=list)
    till: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def simulate(seed: int, **given: Any) -> Story:
    """``given``: how this sale goes, where chance is not to say; see ``Mix``."""
    rng = Random(seed)
    mix = Mix.drawn(rng)._replace(**given)
    sale = nearly_full(mix.seats) if mix.full else scene()
    with tempfile.TemporaryDirectory(prefix="sale-") as folder:
        path = Path(folder, "life-0.db")
        path.write_bytes(sale.database)
        return play(seed, path, sale, mix, rng)


def play(seed: int, path: Path, sale: Scene, mix: Mix, rng: Random) -> Story:
    turns = Turns(sale.doors_at - rng.randint(2, 12) * HOUR)
    began, opens = turns.at, (sale.doors_at - turns.at) / MINUTE
    process = Process(path, turns, rng, rng.choice([0.05, 0.5, 5]), rng.choice([500, 5000]))
    till = Till(turns, rng, lambda told: payers.bring(town, told))
    line = Line(till, process, rng, rng.choice([0, 0.1, 0.4]))
    acts = Acts(
        process, sale.performance, sale.kind, rng, turns,
        run=to_its_end, providers={STRIPE.key: line},
    )  # fmt: skip
    town = Town(
        acts, mix, sale.seats[: mix.seats],
        lambda: turns.at / MINUTE, lambda minutes: turns.wait(minutes * MINUTE), turns.start,
        {PLAY: people.pay, STRIPE: partial(payers.pay, till), COUNTER: people.desk},
    )  # fmt: skip
    for n in range(mix.buyers):
        turns.start(people.buyer, town, f"buyer {n}")
    turns.start(people.caretaker, town)
    turns.start(people.usher, town, opens)
    turns.start(people.organiser, town)
    problems = []
    with drawn_from(rng), patch.object(engines, "time", turns):
        try:
            turns.run()
            process.crash_every, line.silent = 0, 0
            turns.start(in_the_end, town)
            turns.run()
        except Exception as error:
            problems.append(f"an act failed: {error!r}")
    process.close()
    hours = (turns.at - began) / HOUR
    problems += process.failed + what_is_wrong(process.path, turns.now(), town, till)
    return Story(seed, hours, process.acts, process.life, acts.history, till.did, problems)


def in_the_end(town: Town) -> None:
    """Nothing fails any more: each round sees what the one before it asked for."""
    for _ in range(3):
        town.acts.rounds()
        town.acts.reconcile()
        town.sleep(1)


def to_its_end(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run what waits only in virtual time: it has no event loop and needs none."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    except Crashed:
        raise Lost(False, None) from None
    raise RuntimeError("it waits for something real")
