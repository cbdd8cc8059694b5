"""Something changed that was not what buyers had bought: tell them why, and let them return free."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.outbox import post
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import Refused
from ticketing.foundation.words import Words
from ticketing.orders.models import WITH_EMAIL, Order, OrderStatus
from ticketing.pricing.free_returns import open_free_returns
from ticketing.pricing.models import FreeReturn
from ticketing.programme.models import Performance

AGAIN = (
    10 * MINUTE
)  # the same words within this time are a second click, more often than a second letter


class ToldJustNow(Refused):
    type = "told-just-now"
    zh = "同样的话刚刚寄过，还没有再寄。真的要再寄一次，请再按一次。"
    en = "The same words were sent a moment ago and were not sent again. Press again if they should be."


def notify_change(
    tx: Tx, performance_id: str, reason: Words, *, closes_at: int, again: bool = False, by: str,
    now: int,
) -> int:  # fmt: skip
    """Open a window of free returns and write to who has tickets; return how many letters. ``again``: even
    if the same was told just now, else ToldJustNow."""
    mine = sa.select(Performance.id).where(Performance.id == performance_id)
    tx.execute(mine.with_for_update())  # two clicks come one after the other
    if not again and reason in told_since(tx, performance_id, now - AGAIN):
        raise ToldJustNow()
    open_free_returns(tx, performance_id, reason, closes_at=closes_at, by=by, now=now)
    letters = tx.execute(written_to(performance_id)).all()
    for row in letters:
        post(
            tx, "changed", row.buyer_email, row.lang, now=now, order=row.id, words=reason,
            until=closes_at,
        )  # fmt: skip
    return len(letters)


def told_since(tx: Tx, performance_id: str, since: int) -> list[Words]:
    mine = sa.and_(FreeReturn.performance_id == performance_id, FreeReturn.opened_at > since)
    return list(tx.execute(sa.select(FreeReturn.reason).where(mine)).scalars())


def written_to(performance_id: str) -> sa.Select[str, str, str]:
    return sa.select(Order.id, Order.buyer_email, Order.lang).where(
        Order.performance_id == performance_id, Order.status == OrderStatus.PAID, WITH_EMAIL
    )


def count_written_to(tx: Tx, performance_id: str) -> int:
    query = sa.select(sa.func.count()).select_from(written_to(performance_id).subquery())
    return int(tx.execute(query).scalar_one())
