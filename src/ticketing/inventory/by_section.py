"""Large halls are looked at section by section: what is taken, without a thought to the rest."""

from collections import Counter

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.inventory.models import PerformanceSeat, taken
from ticketing.seating.models import SeatRow

NOW = sa.bindparam("now", type_=sa.BigInteger)
TAKEN = (
    sa.select(SeatRow.section)
    .join_from(
        PerformanceSeat,
        SeatRow,
        sa.and_(SeatRow.plan_id == PerformanceSeat.plan_id, SeatRow.id == PerformanceSeat.seat_id),
    )
    .where(PerformanceSeat.performance_id == sa.bindparam("performance_id"), taken(NOW))
)
COUNTS = Statement(TAKEN.add_columns(sa.func.count()).group_by(SeatRow.section))
IN_SECTION = Statement(
    TAKEN.with_only_columns(PerformanceSeat.seat_id, PerformanceSeat.order_id)
    .where(SeatRow.plan_id == sa.bindparam("plan_id"), SeatRow.section == sa.bindparam("section"))
    .order_by(PerformanceSeat.seat_id)
)


def taken_by_section(tx: Tx, performance_id: str, now: int) -> Counter[str]:
    """Return how many seats are sold, kept or held, by section; the database counts."""
    rows = tx.all(COUNTS, performance_id=performance_id, now=now)
    return Counter({section: int(count) for section, count in rows})


def taken_in(
    tx: Tx, performance_id: str, plan_id: str, section: str, now: int
) -> tuple[list[str], list[str]]:
    """Return the seats of one section that are sold, and those kept or held."""
    named = {"performance_id": performance_id, "plan_id": plan_id, "section": section}
    rows = tx.all(IN_SECTION, **named, now=now)
    sold = [seat for seat, order in rows if order is not None]
    return sold, [seat for seat, order in rows if order is None]
