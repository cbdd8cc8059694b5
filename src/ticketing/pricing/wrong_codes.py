"""How often a network may try a code that is none: guessing is slow."""

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.foundation.clock import HOUR
from ticketing.foundation.errors import Refused
from ticketing.pricing.models import WrongCode

MOST = 20  # an hour and network: a school may sit behind one address


class TooManyCodes(Refused):
    status = 429
    type = "too-many-codes"
    zh = "试错的优惠码太多了，请一小时后再试，或不用优惠码购票。"
    en = "Too many wrong codes: try again in an hour, or buy without one."
    retry_after = HOUR // 1000


def may_try(tx: Tx, who: str, now: int) -> None:
    query = sa.select(WrongCode.count).where(WrongCode.who == who, WrongCode.hour == now // HOUR)
    if (tx.execute(query).scalar() or 0) >= MOST:
        raise TooManyCodes()


def was_wrong(tx: Tx, who: str, *, now: int) -> None:
    """Count it, in a transaction of its own: the one that refused the code stores nothing."""
    insert = INSERT[tx.dialect](WrongCode).values(who=who, hour=now // HOUR, count=1)
    tx.execute(
        insert.on_conflict_do_update(
            index_elements=[WrongCode.who, WrongCode.hour], set_={"count": WrongCode.count + 1}
        )
    )
