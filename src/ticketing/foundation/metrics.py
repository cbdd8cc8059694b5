"""What this process has done since it began, counted for Prometheus; labels name nobody."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import Refused

R = TypeVar("R")
disable_created_metrics()  # type: ignore[no-untyped-call]  # half as many lines
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """``in_flight``: requests not answered yet; ``waiting``: acts in the desk's queue or at work.

    What is counted for each label is kept: looking labels up costs more than counting.
    """

    def __init__(self) -> None:
        self.in_flight = self.waiting = 0
        self.round_ended = 0.0  # seconds since 1970
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Histogram(
            "ticketing_request_seconds", "How long requests took, by the status of their answer.",
            ["method", "route", "status"], registry=self.registry, buckets=SECONDS,
        )  # fmt: skip
        self._acts = Counter(
            "ticketing_acts", "Acts by name. The outcome is done, broken, or what refused it.",
            ["act", "outcome"], registry=self.registry,
        )  # fmt: skip
        self._answered: dict[tuple[str, str, int], Histogram] = {}
        self._ended: dict[tuple[str, str], Counter] = {}
        self._show("requests_in_flight", "Requests not answered yet.", lambda: self.in_flight)
        self._show("acts_waiting", "Acts in the desk's queue or at work.", lambda: self.waiting)
        self._show(
            "caretaker_round_timestamp_seconds", "When the caretaker last ended a round.",
            lambda: self.round_ended,
        )  # fmt: skip

    def _show(self, name: str, text: str, value: Callable[[], float]) -> None:
        Gauge(f"ticketing_{name}", text, registry=self.registry).set_function(value)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        which = (method, route, status)
        if (found := self._answered.get(which)) is None:
            found = self._answered[which] = self._requests.labels(*which)
        found.observe(seconds)

    def ended(self, act: str, outcome: str) -> None:
        which = (act, outcome)
        if (found := self._ended.get(which)) is None:
            found = self._ended[which] = self._acts.labels(*which)
        found.inc()


class CountedDesk:
    """A desk whose acts are counted by what became of them; all else is the desk's own."""

    def __init__(self, desk: Desk, metrics: Metrics) -> None:
        self._desk, self._metrics = desk, metrics

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    async def write(self, act: Callable[..., R], *args: Any, **named: Any) -> R:
        outcome = "broken"
        self._metrics.waiting += 1
        try:
            answer = await self._desk.write(act, *args, **named)
            outcome = "done"
            return answer
        except Refused as refused:
            outcome = refused.type
            raise
        finally:
            self._metrics.waiting -= 1
            self._metrics.ended(act.__name__, outcome)


def counted(desk: Desk, metrics: Metrics) -> Desk:
    return cast(Desk, CountedDesk(desk, metrics))
