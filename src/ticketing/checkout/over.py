"""What became of a hold that is over: an order, seats that are still free, or nothing."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest
from ticketing.inventory.queries import find_hold, seats_left
from ticketing.orders.queries import of_hold
from ticketing.programme.queries import by_id
from ticketing.seating.queries import plan as read_plan
from ticketing.seating.runs import Run, runs


@dataclass(frozen=True, slots=True)
class Over:
    """``secret``: of its order; ``seats``: those that nobody else took; ``again``: it can be renewed."""

    secret: str | None
    show: sa.Row[Any]
    seats: list[Run]
    again: bool


def what_became(tx: Tx, token: str, now: int) -> Over:
    held = find_hold(tx, token, now)
    order, show = of_hold(tx, digest(token)), by_id(tx, held.performance_id)
    left = seats_left(tx, token)
    again = bool(left) and held.renewals_left > 0
    return Over(
        order.secret if order else None, show, runs(read_plan(tx, show.plan_id), left), again
    )
