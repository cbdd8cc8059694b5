"""One performance as its organiser sees it: figures, curve, arrivals and the room."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.admission.models import Scan, Verdict
from ticketing.foundation.db import Tx
from ticketing.inventory.seat_map import availability
from ticketing.programme.queries import by_slug
from ticketing.reports.curve import Arrivals, Step, arrivals, curve, pace
from ticketing.reports.figures import Sales
from ticketing.reports.sales import reckon
from ticketing.reports.tally import live
from ticketing.tickets.models import Ticket
from ticketing.venues.marks import State
from ticketing.venues.plan import Plan
from ticketing.venues.queries import GateSign, gates
from ticketing.venues.queries import plan as read_plan


@dataclass(frozen=True, slots=True)
class Night:
    """``states`` by seat id; a seat not named is free."""

    sales: Sales
    steps: list[Step]
    arrivals: list[Arrivals]
    plan: Plan
    states: dict[str, State]
    gates: list[GateSign]

    @property
    def show(self) -> Any:
        return self.sales.performance


def night(tx: Tx, slug: str, now: int) -> Night:
    """Raises NotFound."""
    show = by_slug(tx, slug)
    (sales,) = reckon(tx, [show], now)
    return Night(
        sales=sales,
        steps=steps(show, pace(tx, [show.id], now).get(show.id, []), now),
        arrivals=arrivals(tx, show.id, now),
        plan=read_plan(tx, show.plan_id),
        states=_states(tx, show.id, now),
        gates=[gate for gate in gates(tx) if gate.hall_id == show.hall_id],
    )


def steps(show: Any, changes: list[tuple[int, int]], now: int) -> list[Step]:
    """Return the curve from the opening of the sale until now, or until the performance."""
    return curve(changes, show.sale_opens_at, min(now, show.ends_at), show.zone)


def _states(tx: Tx, performance_id: str, now: int) -> dict[str, State]:
    found = availability(tx, performance_id, now)
    states: dict[str, State] = {}
    states |= dict.fromkeys(found.sold, "sold")
    states |= dict.fromkeys(found.held, "held")
    return states | dict.fromkeys(_inside(tx, performance_id, now), "arrived")


def _inside(tx: Tx, performance_id: str, now: int) -> list[str]:
    query = (
        sa.select(Ticket.seat_id)
        .join(Scan, Scan.ticket_id == Ticket.id)
        .where(Ticket.performance_id == performance_id, live(now))
        .where(Scan.verdict == Verdict.ADMITTED, Scan.at <= now)
    )
    return list(tx.execute(query).scalars())
