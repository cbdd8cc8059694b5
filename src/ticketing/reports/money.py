"""Money from the ledger's postings, as of a moment."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.foundation.db import Tx
from ticketing.ledger.models import Account, Posting

AT_HAND = (Account.CASH, Account.PROVIDER_CLEARING)  # where buyers' money lies


class Money(NamedTuple):
    """In fen: ``received`` from buyers, ``refunds`` back to them, ``funded`` owed by funders."""

    received: int = 0
    refunds: int = 0
    funded: int = 0
    deferred: int = 0

    @property
    def net(self) -> int:
        return self.received - self.refunds


def money(tx: Tx, ids: Sequence[str], as_of: int) -> dict[str, Money]:
    """Return the money of each performance that has postings."""
    rows = tx.execute(
        sa.select(
            Posting.performance_id, Posting.debit, Posting.credit, sa.func.sum(Posting.amount)
        )
        .where(Posting.performance_id.in_(ids), Posting.at <= as_of)
        .group_by(Posting.performance_id, Posting.debit, Posting.credit)
    )
    moves: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for performance, debit, credit, amount in rows:
        moves[performance].append((debit, credit, int(amount)))
    return {performance: _summed(its) for performance, its in moves.items()}


def _summed(moves: list[tuple[str, str, int]]) -> Money:
    def debited(*accounts: Account) -> int:
        return sum(amount for debit, _, amount in moves if debit in accounts)

    def credited(*accounts: Account) -> int:
        return sum(amount for _, credit, amount in moves if credit in accounts)

    subsidy, deferred = Account.SUBSIDY_RECEIVABLE, Account.DEFERRED_REVENUE
    return Money(
        received=debited(*AT_HAND),
        refunds=credited(*AT_HAND),
        funded=debited(subsidy) - credited(subsidy),
        deferred=credited(deferred) - debited(deferred),
    )
