"""A hold's seats changed, or given back. Expiry needs nobody."""

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import BadInput
from ticketing.inventory.alternatives import offering
from ticketing.inventory.claim import claim, give_back
from ticketing.inventory.hold_record import LOCK, Held, find, running, seats_of, told
from ticketing.inventory.hold_request import check_seats
from ticketing.inventory.models import Hold
from ticketing.inventory.orphans import refuse_orphans
from ticketing.inventory.performance_seats import PerformanceSeats

RELEASE = Statement(
    sa.update(Hold)
    .where(Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None))
    .values(released_at=sa.bindparam("now"))
)


def change(tx: Tx, token: str, add: list[str], drop: list[str], *, now: int) -> Held:
    """Add seats to a hold and drop others, all or nothing; its time stays."""
    mine = running(tx, token, now)
    performance_id, until = mine.performance_id, mine.held_until
    seats = seats_of(tx, mine, now)
    house = PerformanceSeats(tx, performance_id, now)
    if set(drop) - set(seats):
        raise BadInput(
            "drop", "要放回的座位不在你的选择里。", "A seat to drop is not in your hold."
        )
    wanted = [seat for seat in seats if seat not in set(drop)] + add
    check_seats(house, wanted)
    refuse_orphans(house, wanted, seats)
    with offering(house, wanted):
        touched = sorted({*seats, *add})  # old and new in one order, or two who swap would deadlock
        claim(tx, performance_id, house.sale.plan_id, touched, mine.id, until=until, now=now)
    for seat in sorted(drop):
        give_back(tx, performance_id, seat, mine.id, now=now)
    return told(token, mine, house.sale, wanted)


def release(tx: Tx, token: str, *, now: int) -> None:
    """Give everything back; harmless when repeated or too late."""
    mine = find(tx, token)
    if tx.run(RELEASE, hold=mine.id, now=now):
        for seat in seats_of(tx, mine, now, LOCK):
            give_back(tx, mine.performance_id, seat, mine.id, now=now)
