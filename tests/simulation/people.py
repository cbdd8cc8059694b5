"""Who comes to a sale: buyers, the provider that takes their money, the counter, the usher.

Each is a plain function of a town. Time is in minutes of a hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, TypeVar

from simulation.acts import MINUTES, Acts, Lost, Ordered
from ticketing.foundation.errors import Busy, Refused
from ticketing.inventory.held import Held
from ticketing.payments.inbox import Heard

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
    returns: float  # the share of orders that the counter cancels
    latest: float = 200  # minutes until the last money comes, or three times as many

    @classmethod
    def drawn(cls, rng: Random) -> "Mix":
        return cls(
            buyers=rng.randint(6, 30), within=rng.choice([0.02, 1, 30, 120]),
            seats=rng.choice([4, 8, 16]), thinks=rng.choice([0.05, 2, 10]),
            late=rng.choice([0, 0.3, 0.8]), declined=rng.choice([0, 0.4]),
            doubled=rng.choice([0, 0.5, 1]), returns=rng.choice([0, 0.3]),
        )  # fmt: skip


@dataclass
class Town:
    """``sleep``: wait so many minutes, by ``now``; ``start``: let somebody else act from now on."""

    acts: Acts
    mix: Mix
    pool: list[str]  # the seats that everybody wants, neighbours side by side
    now: Callable[[], float]
    sleep: Callable[[float], None]
    start: Callable[..., None]
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
    except (Refused, Lost):
        return None


def insist(town: Town, ask: Callable[..., R], *args: Any) -> R | None:
    """Ask again until there is an answer; None for a refusal."""
    while True:
        try:
            return ask(*args)
        except (Lost, Busy):
            town.sleep(town.rng.expovariate(20))
        except Refused:
            return None


def buyer(town: Town, name: str) -> None:
    town.sleep(town.rng.random() * town.mix.within)
    held = choose(town, name)
    if held is None:
        return
    town.sleep(town.rng.expovariate(1 / town.mix.thinks))
    if town.happens(0.2):
        held = perhaps(town.acts.change, held, *another(town, held)) or held
    if town.happens(0.2):
        held = perhaps(town.acts.renew, held) or held
    if town.happens(0.1):
        perhaps(town.acts.release, held)
    order = insist(town, town.acts.place, held)
    if order:
        town.orders.append(order)
        pay(town, order)


def choose(town: Town, name: str) -> Held | None:
    """Try a few times: mostly a pair or two, side by side; now and then the best there is."""
    for _ in range(4):
        best = town.happens(0.1)
        held = perhaps(town.acts.best if best else town.acts.hold, 2 if best else party(town), name)
        if held:
            return held
        town.sleep(town.rng.random() * 0.02)
    return None


def party(town: Town) -> list[str]:
    size = town.rng.choice([1, 2, 2, 2, 4])
    start = town.rng.randrange(0, len(town.pool) - size + 1, 1 if town.happens(0.2) else 2)
    return town.pool[start : start + size]


def another(town: Town, held: Held) -> tuple[list[str], list[str]]:
    """Return a seat more, perhaps for one that goes."""
    return [town.rng.choice(town.pool)], held.seats[: town.rng.randint(0, 1)]


def pay(town: Town, order: Ordered) -> None:
    """Go to the provider; one that declines is tried again, and may yet change its mind."""
    soon = town.rng.expovariate(2)
    if town.happens(town.mix.declined):
        town.start(tell, town, order, Heard.DECLINED, order.payment, soon)
        town.sleep(soon + town.rng.random())
        again = perhaps(town.acts.pay_again, order)
        if again:
            town.start(tell, town, order, Heard.PAID, again, soon)
        if town.happens(0.5):
            return
    late = MINUTES if town.happens(0.7) else town.rng.uniform(10, town.mix.latest)
    when = late if town.happens(town.mix.late) else soon
    town.start(tell, town, order, Heard.PAID, order.payment, when)
    if town.happens(town.mix.returns):
        town.start(counter, town, order)


def tell(town: Town, order: Ordered, kind: Heard, payment: str, when: float) -> None:
    """The provider's word: perhaps twice, perhaps by another event too; sent until it is heard."""
    event = f"{payment}:{kind}"
    if town.happens(town.mix.doubled):
        other = event if town.happens(0.5) else f"{event}:again"
        town.start(deliver, town, order, other, kind, payment, when * town.rng.choice([1, 1, 3]))
    deliver(town, order, event, kind, payment, when)


def deliver(town: Town, order: Ordered, event: str, kind: Heard, payment: str, when: float) -> None:
    """What is just late comes while the caretaker lapses; one in four is sent once only."""
    town.sleep(when)
    if when == MINUTES:
        town.sleep(max(0, town.next_round - town.now()) + town.rng.expovariate(500))
    words = (town.acts.tell, order, event, kind, payment)
    perhaps(*words) if town.happens(0.25) else insist(town, *words)


def counter(town: Town, order: Ordered) -> None:
    """Somebody wants the money back, some time; perhaps at two counters at once."""
    town.sleep(town.rng.expovariate(1 / 5))
    for _ in range(town.rng.randint(1, 2)):
        town.start(insist, town, town.acts.cancel, order)


def caretaker(town: Town) -> None:
    """Make rounds: often while orders run out, now and then afterwards."""
    for pause, rounds in ((0.5, 2 * int(town.mix.within + 40)), (town.mix.latest / 5, 18)):
        for _ in range(rounds):
            town.next_round = town.now() + pause
            town.sleep(pause)
            perhaps(town.acts.rounds)


def usher(town: Town, opens: float) -> None:
    """Scan every ticket when the doors open, some twice, some again since no answer came."""
    town.sleep(opens)
    for short in insist(town, town.acts.shorts) or []:
        for n in range(town.rng.randint(1, 2)):
            town.start(insist, town, town.acts.admit, short, f"{short}-{n}")
