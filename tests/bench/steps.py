"""The five steps that are measured. Each prepares what it needs outside the measured time."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

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


class Hold(Round):
    """Hold two seats; they are given back outside the measured time, by the next prepare."""

    held: tuple[str, ...] = ()

    @override
    def prepare(self) -> list[list[str]]:
        for token in self.held:
            self.buyer.http.delete(f"/api/holds/{token}").raise_for_status()
        best = [self.buyer.best(self.hall["id"], 2) for _ in range(8)]
        for each in best:
            self.buyer.http.delete(f"/api/holds/{each['token']}").raise_for_status()
        return [each["seats"] for each in best]

    @override
    def run(self, ready: list[list[str]]) -> int:
        self.held = tuple(self.buyer.hold(self.hall["id"], seats)["token"] for seats in ready)
        return len(ready)


class Booking(Round):
    """Hold two unnumbered places and order them; the answer carries the tickets."""

    @override
    def run(self, ready: Any) -> int:
        for _ in range(30):
            self.buyer.order(self.buyer.best(self.lawn, 2), "free", "free")
        return 30


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
