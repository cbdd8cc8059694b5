"""How a sale went on and how people arrived: counts over time, at the venue's own days."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan
from ticketing.desk.db import Tx
from ticketing.foundation.clock import DAY, HOUR, MINUTE, local, midnight, next_day
from ticketing.tickets.models import Ticket

SLOT = 15 * MINUTE  # every zone's midnight is the edge of one
ARRIVAL = 5 * MINUTE
MOST_SLOTS = 96  # of one evening: eight hours by five minutes
LONGEST_SALE = 366 * DAY  # that is drawn; what was sold before is in its first number
BY_HOUR = 2 * DAY  # what is sold within two days is shown by the hour


class Step(NamedTuple):
    """``total`` tickets were live at this instant."""

    at: int
    total: int


class Arrivals(NamedTuple):
    """So many people were let in within the slot from ``at``."""

    at: int
    people: int


class Evening(NamedTuple):
    """Who came when, from two hours before the doors to an hour after the end, by slots of ``minutes``.

    ``outside``: how many came in at no time of this evening, as their phone's clock has it.
    """

    came: list[Arrivals]
    minutes: int
    outside: int


Pace = list[tuple[int, int]]  # (slot, tickets more or fewer), in the order of time


def pace(tx: Tx, ids: Sequence[str], as_of: int) -> dict[str, Pace]:
    """Return for each performance how its live tickets changed, by quarters of an hour."""
    more = _changes(Ticket.issued_at, 1, ids, as_of)
    fewer = _changes(Ticket.voided_at, -1, ids, as_of)
    found: dict[str, Pace] = defaultdict(list)
    for performance, slot, change in tx.execute(sa.union_all(more, fewer)):
        found[performance].append((slot, change))
    return {performance: sorted(changes) for performance, changes in found.items()}


def _changes(at: Any, sign: int, ids: Sequence[str], as_of: int) -> sa.Select[Any]:
    slot = (at - at % SLOT).label("slot")
    count = sa.func.count() * sign
    asked = sa.and_(Ticket.performance_id.in_(ids), at <= as_of)
    return (
        sa.select(Ticket.performance_id, slot, count)
        .where(asked)
        .group_by("performance_id", "slot")
    )


def curve(changes: Pace, opens: int, until: int, zone: str) -> list[Step]:
    """Return the total at the end of each day (of each hour where the sale is short), of a year at most."""
    slots = [slot for slot, _ in changes]
    totals = [0, *accumulate(change for _, change in changes)]
    start = max(min([opens, *slots[:1]]), until - LONGEST_SALE)
    ends = [start, *_ends(start, until, zone)]
    return [Step(end, totals[bisect_left(slots, end)]) for end in ends]


def _ends(start: int, until: int, zone: str) -> Iterable[int]:
    end = start
    while end < until:
        end = min(until, _next_edge(end, until - start, zone))
        yield end


def _next_edge(at: int, span: int, zone: str) -> int:
    if span <= BY_HOUR:
        return at - at % HOUR + HOUR
    return midnight(next_day(local(at, zone).date()), zone)


def arrivals(tx: Tx, show: sa.Row[Any], as_of: int) -> Evening:
    """Return the first entries in the order of time, by five minutes or, of a very long evening, more."""
    begins, ends = show.doors_at - 2 * HOUR, show.ends_at + HOUR
    width = ARRIVAL * -((begins - ends) // (ARRIVAL * MOST_SLOTS))
    came = (
        sa.select(sa.func.min(Scan.at).label("at"))
        .where(Scan.performance_id == show.id, Scan.at <= as_of)
        .where(CAME_IN)
        .group_by(Scan.ticket_id)
        .subquery()
    )
    slot = (came.c.at - came.c.at % width).label("slot")
    here = sa.and_(came.c.at >= begins, came.c.at < ends)
    rows = tx.execute(
        sa.select(slot, sa.func.count()).where(here).group_by("slot").order_by("slot")
    )
    elsewhere = sa.select(sa.func.count()).select_from(came).where(sa.not_(here))
    return Evening(
        [Arrivals(at, people) for at, people in rows], width // MINUTE,
        int(tx.execute(elsewhere).scalar_one()),
    )  # fmt: skip
