"""A hold's full minutes again, so many times as the performance allows."""

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import Refused
from ticketing.inventory.claim import claim
from ticketing.inventory.hold_record import Held, HoldLapsed, find, seats_of, told
from ticketing.inventory.models import Hold
from ticketing.programme.on_sale import require_on_sale


class NoMoreRenewals(Refused):
    type = "no-more-renewals"
    zh = "留座时间不能再延长了，请在时间到之前下单。"
    en = "These seats cannot be kept any longer: please order before the time is up."


RENEW = Statement(
    sa.update(Hold)
    .where(
        Hold.id == sa.bindparam("hold"), Hold.ordered_at.is_(None), Hold.released_at.is_(None),
        Hold.renewals < sa.bindparam("most"),
    )
    .values(renewals=Hold.renewals + 1, held_until=sa.bindparam("until"))
)  # fmt: skip


def renew(tx: Tx, token: str, *, now: int, minutes: int) -> Held:
    """Keep the seats for all the minutes again; of a hold that lapsed, those that nobody took."""
    mine = find(tx, token)
    seats = seats_of(tx, mine, 0)
    if mine.released_at is not None or mine.ordered_at is not None or not seats:
        raise HoldLapsed()
    sale = require_on_sale(tx, mine.performance_id, now)
    until = now + minutes * MINUTE
    if not tx.run(RENEW, hold=mine.id, most=sale.most_renewals, until=until):
        raise NoMoreRenewals()
    claim(tx, mine.performance_id, sale.plan_id, seats, mine.id, until=until, now=now)
    renewed = mine._replace(held_until=until, renewals=mine.renewals + 1)
    return told(token, renewed, sale, seats)
