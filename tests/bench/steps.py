"""The five steps that are measured. Each prepares what it needs outside the measured time."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any, ClassVar

from typing_extensions import override

from clients import Buyer, Usher

TIMES = 150


class Round(ABC):
    """``prepare`` gets things ready, ``run`` is measured and returns how many requests it made."""

    def __init__(self, url: str, usher: str) -> None:
        self.buyer = Buyer(url)
        self.usher = Usher(url, usher)
        self.lawn = self.buyer.performance("hushang-")["id"]
        self.hall = self.buyer.performance("shuimen-again-")

    def warm_up(self) -> None:
        self.run(self.prepare())

    def prepare(self) -> Any:
        return None

    @abstractmethod
    def run(self, ready: Any) -> int: ...


class Page(Round):
    @override
    def run(self, ready: Any) -> int:
        for _ in range(TIMES):
            self.buyer.http.get(f"/performances/{self.hall['slug']}").raise_for_status()
        return TIMES


class Availability(Round):
    @override
    def run(self, ready: Any) -> int:
        for _ in range(TIMES):
            self.buyer.get(f"/api/performances/{self.hall['id']}/availability")
        return TIMES


class Pairs(Round):
    """Two places each that nobody else wants."""

    numbers: ClassVar[Iterator[int]] = count()
    most: ClassVar[int]

    @override
    def prepare(self) -> list[list[str]]:
        seats = [seat["id"] for seat in self.buyer.plan(self.lawn)["seats"]]
        return [seats[2 * n : 2 * n + 2] for n in islice(Pairs.numbers, self.most)]


class Hold(Pairs):
    most = 40

    @override
    def run(self, ready: list[list[str]]) -> int:
        for seats in ready:
            self.buyer.hold(self.lawn, seats)
        return len(ready)


class Booking(Pairs):
    """A hold and its order; the answer comes when the tickets are stored."""

    most = 25

    @override
    def run(self, ready: list[list[str]]) -> int:
        for seats in ready:
            self.buyer.order(self.buyer.hold(self.lawn, seats), "free", "free")
        return len(ready)


class Scan(Round):
    """A code is scanned: the first time it admits, then it is refused as already admitted."""

    @override
    def prepare(self) -> list[str]:
        order = self.buyer.order(self.buyer.best(self.lawn, 1), "free", "free")
        return [each["code"] for each in self.buyer.tickets(order)]

    @override
    def run(self, ready: list[str]) -> int:
        for _ in range(40):
            self.usher.scan("lakeside", self.lawn, ready[0])
        return 40


STEPS: dict[str, Callable[[str, str], Round]] = {
    "performance page": Page,
    "availability": Availability,
    "hold of two": Hold,
    "free booking of two": Booking,
    "scan": Scan,
}
