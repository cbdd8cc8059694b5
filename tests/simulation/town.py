"""A sale that is going on: how it goes, who acts in it and what they do when no answer comes.

Time is in minutes of a hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, TypeVar

from simulation.acts import Acts, Ordered
from simulation.holds import Lost
from ticketing.foundation.errors import Busy, Refused
from ticketing.payments.gateway import Gateway
from ticketing.payments.provider import NoAnswer

R = TypeVar("R")


class Mix(NamedTuple):
    """How a sale goes: another one for each seed."""

    buyers: int
    within: float  # all arrive in so many minutes
    seats: int
    thinks: float  # minutes, on average, between choosing and ordering
    late: float  # the share of payments that come about when the time is over, or after
    declined: float
    doubled: float
    returns: float  # the share of orders that come back, whole or in part
    latest: float = 200  # minutes until the last money comes, or three times as many
    elsewhere: float = 0  # the share of orders that are paid on a provider's page
    pause: float = 0.5  # minutes between the caretaker's rounds
    at_desk: float = 0  # the share of orders that are reserved, to be paid at the desk
    trouble: float = 0  # the share of payments that a bank takes back, or the provider's desk
    cancelled: float | None = None  # after so many minutes the performance is
    full: bool = False  # somebody has all the seats that not everybody wants

    @classmethod
    def drawn(cls, rng: Random) -> "Mix":
        return cls(
            buyers=rng.randint(6, 30), within=rng.choice([0.02, 1, 30, 120]),
            seats=rng.choice([4, 8, 16]), thinks=rng.choice([0.05, 2, 10]),
            late=rng.choice([0, 0.3, 0.8]), declined=rng.choice([0, 0.4]),
            doubled=rng.choice([0, 0.5, 1]), returns=rng.choice([0, 0.3, 0.8]),
            elsewhere=rng.choice([0, 0.5, 1]), full=rng.random() < 0.5,
            pause=rng.choice([0.5, 0.5, 5]), trouble=rng.choice([0, 0.3, 0.8]),
            at_desk=rng.choice([0, 0, 0.3]),
            cancelled=rng.choice([None, None, None, 10, 100]),
        )  # fmt: skip


Way = Callable[["Town", Ordered, str], None]


@dataclass
class Town:
    """``sleep``: wait so many minutes, by ``now``; ``start``: let somebody else act from now on.

    ``ways``: how a payment of an order is made.
    """

    acts: Acts
    mix: Mix
    pool: list[str]  # the seats that everybody wants, neighbours side by side
    now: Callable[[], float]
    sleep: Callable[[float], None]
    start: Callable[..., None]
    ways: dict[Gateway, Way]
    orders: list[Ordered] = field(default_factory=list)
    next_round: float = 0

    @property
    def rng(self) -> Random:
        return self.acts.rng

    def happens(self, share: float) -> bool:
        return self.rng.random() < share


def perhaps(ask: Callable[..., R], *args: Any) -> R | None:
    """Return the answer; None for a refusal, or if none came."""
    try:
        return ask(*args)
    except (Refused, Lost, NoAnswer):
        return None


def insist(town: Town, ask: Callable[..., R], *args: Any) -> R | None:
    """Ask again until there is an answer; None for a refusal."""
    while True:
        try:
            return ask(*args)
        except (Lost, Busy, NoAnswer):
            town.sleep(town.rng.expovariate(20))
        except Refused:
            return None
