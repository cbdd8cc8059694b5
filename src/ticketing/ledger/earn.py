"""What was played is earned: what was deferred until then becomes revenue.

Whatever is posted from the end on touches revenue at once (see ``post_return``); a sale that is paid so late
is earned by the next round.
"""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.ledger.models import Account, Posting
from ticketing.ledger.post import Books, post
from ticketing.programme.models import Performance
from ticketing.programme.played import NOT_CANCELLED

DEFERRED, REVENUE = Account.DEFERRED_REVENUE, Account.TICKET_REVENUE


def to_earn(tx: Tx, now: int) -> list[str]:
    """Return the performances that are over and have deferred money that came in since it was earned last.

    A posting may be stored a moment after its instant: the last minute before is looked at again.
    """
    earned = aliased(Posting)
    last = sa.select(sa.func.max(earned.at)).where(
        earned.performance_id == Performance.id, earned.at >= Performance.ends_at,
        earned.entry.startswith("earned:"),
    )  # fmt: skip
    news = sa.exists().where(
        Posting.performance_id == Performance.id,
        Posting.at > sa.func.coalesce(last.correlate(Performance).scalar_subquery() - MINUTE, 0),
        sa.or_(Posting.debit == DEFERRED, Posting.credit == DEFERRED),
        sa.not_(Posting.entry.startswith("earned:")),
    )  # fmt: skip
    query = sa.select(Performance.id).where(Performance.ends_at <= now, NOT_CANCELLED, news)
    return list(tx.execute(query.order_by(Performance.ends_at)).scalars())


def earn(tx: Tx, performance_id: str, *, now: int) -> None:
    """Harmless when repeated: then nothing is deferred. Of two at once the second finds its entry made."""
    mine = Posting.performance_id == performance_id
    made = sa.select(sa.func.count(Posting.entry.distinct())).where(
        mine, Posting.entry.startswith("earned:")
    )
    entry = f"earned:{performance_id}:{tx.execute(made).scalar_one()}"
    side = sa.case((Posting.credit == DEFERRED, Posting.amount), else_=-Posting.amount)
    deferred = sa.select(Posting.currency, sa.func.sum(side)).where(
        mine, sa.or_(Posting.debit == DEFERRED, Posting.credit == DEFERRED)
    )
    for currency, amount in tx.execute(deferred.group_by(Posting.currency)).all():
        move = (DEFERRED, REVENUE) if amount > 0 else (REVENUE, DEFERRED)
        if amount:
            books = Books(performance_id, None, currency)
            post(tx, f"{entry}:{currency}", books, [(*move, abs(int(amount)))], now=now)
            note(tx, "revenue.earned", performance_id, by="caretaker", now=now, amount=int(amount))
