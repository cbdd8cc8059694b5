"""Something changed that was not what buyers had bought: tell them why, and let them return free."""

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.foundation.outbox import post
from ticketing.foundation.words import Words
from ticketing.orders.models import WITH_EMAIL, Order, OrderStatus
from ticketing.pricing.free_returns import open_free_returns


def tell_of_change(
    tx: Tx, performance_id: str, reason: Words, *, closes_at: int, by: str, now: int
) -> int:
    """Open a window of free returns and write to who has tickets; return how many letters."""
    open_free_returns(tx, performance_id, reason, closes_at=closes_at, by=by, now=now)
    letters = tx.execute(written_to(performance_id)).all()
    for row in letters:
        post(
            tx, "changed", row.buyer_email, row.lang, now=now, order=row.id, words=reason,
            until=closes_at,
        )  # fmt: skip
    return len(letters)


def written_to(performance_id: str) -> sa.Select[str, str, str]:
    return sa.select(Order.id, Order.buyer_email, Order.lang).where(
        Order.performance_id == performance_id, Order.status == OrderStatus.PAID, WITH_EMAIL
    )


def count_written_to(tx: Tx, performance_id: str) -> int:
    query = sa.select(sa.func.count()).select_from(written_to(performance_id).subquery())
    return int(tx.execute(query).scalar_one())
