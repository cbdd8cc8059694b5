"""One performance as its organiser sees it: figures, curve, arrivals and the room."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.admission.models import CAME_IN, Scan
from ticketing.desk.db import Tx
from ticketing.drawings.marks import State
from ticketing.foyer.seats_view import part, states_now
from ticketing.inventory.by_section import taken_by_section
from ticketing.programme.queries import by_slug
from ticketing.reports.counts import live
from ticketing.reports.curve import Evening, Step, arrivals, curve, pace
from ticketing.reports.figures import Sales
from ticketing.reports.sales import reckon
from ticketing.seating.plan import Plan
from ticketing.seating.queries import gates_for
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.models import Ticket
from ticketing.venues.queries import GateSign


@dataclass(frozen=True, slots=True)
class Night:
    """``states`` by seat id; a seat not named is free. ``free`` places by section.

    ``shown`` is what is drawn: the whole plan, one section of a large one, or None for its overview.
    """

    sales: Sales
    steps: list[Step]
    evening: Evening
    plan: Plan
    shown: Plan | None
    states: dict[str, State]
    free: dict[str, int]
    gates: list[GateSign]

    @property
    def show(self) -> Any:
        return self.sales.performance


def night(tx: Tx, slug: str, now: int, section: str = "") -> Night:
    """``section``: which one of a large hall is drawn. Raises NotFound."""
    show = by_slug(tx, slug)
    plan = read_plan(tx, show.plan_id)
    shown = part(plan, section)
    taken = taken_by_section(tx, show.id, now)
    (sales,) = reckon(tx, [show], now)
    return Night(
        sales=sales,
        steps=steps(show, pace(tx, [show.id], now).get(show.id, []), now),
        evening=arrivals(tx, show, now),
        plan=plan,
        shown=shown,
        states=_states(tx, show.id, plan, shown, now) if shown else {},
        free={each.key: each.capacity - taken[each.key] for each in plan.sections},
        gates=gates_for(tx, show.hall_id, plan),
    )


def steps(show: Any, changes: list[tuple[int, int]], now: int) -> list[Step]:
    """Return the curve from the opening of the sale until now, or until the performance."""
    return curve(changes, show.sale_opens_at, min(now, show.ends_at), show.zone)


def _states(tx: Tx, performance_id: str, plan: Plan, shown: Plan, now: int) -> dict[str, State]:
    states = states_now(tx, performance_id, plan, shown, now)
    inside = [seat for seat in _inside(tx, performance_id, now) if seat in shown.by_id]
    return states | dict.fromkeys(inside, "arrived")


def _inside(tx: Tx, performance_id: str, now: int) -> list[str]:
    query = (
        sa.select(Ticket.seat_id)
        .join(Scan, Scan.ticket_id == Ticket.id)
        .where(Ticket.performance_id == performance_id, live(now))
        .where(CAME_IN, Scan.at <= now)
    )
    return list(tx.execute(query).scalars())
