"""The morning glance: every performance at once, in the same few questions however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ticketing.desk.db import Tx
from ticketing.foundation.clock import local
from ticketing.reports.charts import Line, spark
from ticketing.reports.curve import Pace, pace
from ticketing.reports.figures import Sales
from ticketing.reports.night import steps
from ticketing.reports.sales import overview


@dataclass(frozen=True, slots=True)
class Glance:
    """One performance in a row of the morning's table."""

    sales: Sales
    line: Line
    today: bool
    over: bool

    @property
    def show(self) -> Any:
        return self.sales.performance


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over several performances; money in fen."""

    count: int
    sold: int
    capacity: int
    net: int
    funded: int
    admitted: int


def glances(tx: Tx, now: int) -> list[Glance]:
    """Return every performance, by its start."""
    found = overview(tx, now)
    paces = pace(tx, [each.performance.id for each in found], now)
    return [_glance(each, paces.get(each.performance.id, []), now) for each in found]


def _glance(sales: Sales, changes: Pace, now: int) -> Glance:
    show = sales.performance
    return Glance(
        sales=sales,
        line=spark(steps(show, changes, now), show.starts_at, sales.capacity),
        today=local(now, show.zone).date() == local(show.starts_at, show.zone).date(),
        over=now >= show.ends_at,
    )


def total(some: Sequence[Glance]) -> Total:
    return Total(
        count=len(some),
        sold=sum(each.sales.sold for each in some),
        capacity=sum(each.sales.capacity for each in some),
        net=sum(each.sales.money.net for each in some),
        funded=sum(each.sales.money.funded for each in some),
        admitted=sum(each.sales.admitted for each in some),
    )
