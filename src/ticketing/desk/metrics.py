"""What this process has done since it began, counted for Prometheus; labels name nobody."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from ticketing.desk.desk import Desk
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
        self.show("requests_in_flight", "Requests not answered yet.", lambda: self.in_flight)
        self.show("acts_waiting", "Acts in the desk's queue or at work.", lambda: self.waiting)
        self.show(
            "caretaker_round_timestamp_seconds", "When the caretaker last ended a round.",
            lambda: self.round_ended,
        )  # fmt: skip

    def show(self, name: str, text: str, value: Callable[[], float]) -> None:
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

    def write(self, act: Callable[..., R], *args: Any, **named: Any) -> Awaitable[R]:
        return self._heard(act.__name__, self._desk.write(act, *args, **named))

    def write_together(
        self, act: Callable[..., list[R | Exception]], key: str, wish: Any
    ) -> Awaitable[R]:
        return self._heard(act.__name__, self._desk.write_together(act, key, wish))

    async def _heard(self, act: str, answer: Awaitable[R]) -> R:
        outcome = "broken"
        self._metrics.waiting += 1
        try:
            found = await answer
            outcome = "done"
            return found
        except Refused as refused:
            outcome = refused.type
            raise
        finally:
            self._metrics.waiting -= 1
            self._metrics.ended(act, outcome)


def counted(desk: Desk, metrics: Metrics) -> Desk:
    metrics.show("desk_acts", "Acts stored since the start.", lambda: desk.figures.acts)
    metrics.show("desk_commits", "Commits they were stored in.", lambda: desk.figures.commits)
    metrics.show("desk_repeats", "Transactions repeated.", lambda: desk.figures.repeats)
    return cast(Desk, CountedDesk(desk, metrics))
