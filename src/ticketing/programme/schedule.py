"""Put a performance into the calendar and publish it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.upsert import keep_row
from ticketing.foundation.codes import CHANCE, performance_number
from ticketing.programme.models import (
    MOST_HOLDS_PER_CLIENT,
    MOST_HOLDS_PER_NETWORK,
    MOST_PER_BUYER,
    MOST_RENEWALS,
    Performance,
)


@dataclass(frozen=True, slots=True)
class Showing:
    """A dated showing; times in milliseconds, ``capacity`` the approved number of people."""

    season_id: str
    production_id: str
    hall_id: str
    plan_id: str
    doors_at: int
    starts_at: int
    ends_at: int
    sale_opens_at: int
    sale_closes_at: int
    capacity: int
    most_per_order: int
    rules: Sequence[dict[str, Any]]
    refund_ladder: Sequence[dict[str, Any]]
    demo: bool
    most_per_buyer: int = MOST_PER_BUYER
    most_renewals: int = MOST_RENEWALS
    most_holds_per_client: int = MOST_HOLDS_PER_CLIENT
    most_holds_per_network: int = MOST_HOLDS_PER_NETWORK
    reserve_minutes: int | None = None


def schedule(
    tx: Tx, slug: str, showing: Showing, *, by: str, now: int, rng: Random = CHANCE
) -> str:
    """Return the performance's id. Its number and its plan version stay as they were first."""
    values = asdict(showing) | {
        "rules": list(showing.rules),
        "refund_ladder": list(showing.refund_ladder),
        "demo": int(showing.demo),
        "plan_id": drawn_for(tx, slug) or showing.plan_id,
    }
    return keep_row(
        tx, Performance, {"slug": slug}, values, by=by, now=now,
        number=performance_number(rng), published_at=now,
    )  # fmt: skip


def drawn_for(tx: Tx, slug: str) -> str | None:
    """Return the plan of a performance that was scheduled before: its seats may be sold."""
    return tx.execute(
        sa.select(Performance.plan_id).where(Performance.slug == slug)
    ).scalar_one_or_none()
