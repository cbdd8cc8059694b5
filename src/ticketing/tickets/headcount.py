"""The approved number of people, which the sale never passes: the only writer of the headcount."""

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.desk.diary import note
from ticketing.foundation.errors import Refused
from ticketing.tickets.models import Headcount


class MoreInside(Refused):
    type = "more-tickets-than-approved"
    zh = "已经有 {live} 张有效票，核准人数不能少于它。"
    en = "There are {live} live tickets: the capacity cannot be lower."


COUNT_IN = Statement(
    sa.update(Headcount)
    .where(
        Headcount.performance_id == sa.bindparam("performance"),
        Headcount.live + sa.bindparam("count", type_=sa.BigInteger) <= Headcount.approved,
    )
    .values(live=Headcount.live + sa.bindparam("count", type_=sa.BigInteger))
)
COUNT_OUT = Statement(
    sa.update(Headcount)
    .where(Headcount.performance_id == sa.bindparam("performance"))
    .values(live=Headcount.live - sa.bindparam("count", type_=sa.BigInteger))
)


def count_in(tx: Tx, performance_id: str, count: int) -> bool:
    """Count new live tickets; return False where they would pass the approved number."""
    return tx.run(COUNT_IN, performance=performance_id, count=count) == 1


def count_out(tx: Tx, performance_id: str, count: int) -> None:
    tx.run(COUNT_OUT, performance=performance_id, count=count)


def approve(tx: Tx, performance_id: str, approved: int, *, by: str, now: int) -> None:
    """Set the approved number; raises MoreInside below the live tickets."""
    here = Headcount.performance_id == performance_id
    found = tx.execute(sa.select(Headcount.approved, Headcount.live).where(here)).first()
    if found and found.approved == approved:
        return
    if not found:
        tx.execute(
            sa.insert(Headcount).values(performance_id=performance_id, approved=approved, live=0)
        )
    elif not tx.execute(
        sa.update(Headcount).where(here, Headcount.live <= approved).values(approved=approved)
    ).rowcount:
        raise MoreInside(live=found.live)
    note(tx, "headcount.approved", performance_id, by=by, now=now, approved=approved)
