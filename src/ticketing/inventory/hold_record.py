"""A hold as it is stored, found by its token and locked; and what its buyer is told."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import NotFound, Refused
from ticketing.inventory.models import Hold, PerformanceSeat
from ticketing.inventory.search.seating import Seating
from ticketing.programme.on_sale import SaleTerms


class HoldLapsed(Refused):
    type = "hold-lapsed"
    zh = "为你留座的时间已到，座位已放回。请重新选座。"
    en = "Your time is up and the seats were given back: please choose again."


@dataclass(frozen=True, slots=True)
class Held:
    """What the buyer is told. ``token`` is known to the buyer alone."""

    token: str
    performance_id: str
    seats: list[str]
    held_until: int
    renewals_left: int
    zone: str  # the venue's
    seating: Seating | None = None  # of the best seats


class StoredHold(NamedTuple):
    """A hold as it is stored. ``id`` is the digest of its token."""

    id: str
    performance_id: str
    held_until: int
    renewals: int
    released_at: int | None
    ordered_at: int | None


FIND = Statement(  # locks: what is done to one hold is done in turn
    sa.select(*(getattr(Hold, name) for name in StoredHold._fields))
    .where(Hold.id == sa.bindparam("id"))
    .with_for_update()
)
KEPT = (
    sa.select(PerformanceSeat.seat_id)
    .where(
        PerformanceSeat.hold_id == sa.bindparam("hold_id"),
        PerformanceSeat.order_id.is_(None),
        PerformanceSeat.held_until > sa.bindparam("now"),
    )
    .order_by(PerformanceSeat.seat_id)
)
SEATS = Statement(KEPT)
LOCK = Statement(KEPT.with_for_update())  # in seat order, as every writer of seats does first


def find(tx: Tx, token: str) -> StoredHold:
    """Lock and return a hold; NotFound where the token opens none."""
    if (row := tx.first(FIND, id=digest(token))) is None:
        raise NotFound()
    return StoredHold._make(row)


def running(tx: Tx, token: str, now: int) -> StoredHold:
    """Lock and return a hold whose time is not over."""
    mine = find(tx, token)
    if mine.released_at is not None or mine.ordered_at is not None or mine.held_until <= now:
        raise HoldLapsed()
    return mine


def seats_of(tx: Tx, mine: StoredHold, now: int, statement: Statement = SEATS) -> list[str]:
    """Return the seats that a hold keeps, in their order: for now=0 whatever nobody else took."""
    return [seat for (seat,) in tx.all(statement, hold_id=mine.id, now=now)]


def told(token: str, mine: StoredHold, sale: SaleTerms, seats: list[str]) -> Held:
    return Held(
        token, mine.performance_id, sorted(seats), mine.held_until,
        max(sale.most_renewals - mine.renewals, 0), sale.zone,
    )  # fmt: skip
