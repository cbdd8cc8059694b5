"""Questions about the house for one performance."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.inventory.hold_record import SEATS, Held
from ticketing.inventory.models import Hold, PerformanceSeat
from ticketing.pricing.queries import price_list
from ticketing.programme.on_sale import terms
from ticketing.programme.queries import zone_of


def find_hold(tx: Tx, token: str, now: int) -> Held:
    """Return the hold that this token opens, with no seats once it is over; NotFound for any other."""
    hold = tx.execute(sa.select(Hold.__table__).where(Hold.id == digest(token))).first()
    if hold is None:
        raise NotFound()
    mine = sa.select(PerformanceSeat.seat_id).where(
        PerformanceSeat.hold_id == hold.id,
        PerformanceSeat.order_id.is_(None),
        PerformanceSeat.held_until > now,
    )
    over = hold.ordered_at is not None or hold.released_at is not None
    seats = [] if over else list(tx.execute(mine.order_by(PerformanceSeat.seat_id)).scalars())
    left = max(terms(tx, hold.performance_id).most_renewals - hold.renewals, 0)
    return Held(
        token, hold.performance_id, seats, hold.held_until, left, zone_of(tx, hold.performance_id)
    )


def seats_left(tx: Tx, token: str) -> list[str]:
    """Return the seats of a hold, running or over, that nobody else took."""
    return [seat for (seat,) in tx.all(SEATS, hold_id=digest(token), now=0)]


def sections_wanted(
    tx: Tx, performance_id: str, section: str | None, band: str | None
) -> list[str] | None:
    """Return the sections of a wish for best seats; None for any."""
    if section is None and band is None:
        return None
    bands = price_list(tx, performance_id).bands
    rows = [(key, each.key) for each in bands for key in each.sections]
    found = [key for key, its in rows if section in (None, key) and band in (None, its)]
    if not found:
        raise BadInput("section", "这一场没有这个区域。", "This performance has no such section.")
    return found
