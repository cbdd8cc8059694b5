"""Money from the ledger's postings, as of a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.ledger.models import AT_HAND, Account, Posting

A = Account
Moves = dict[tuple[str, str], int]  # (debit, credit): fen


class Money(NamedTuple):
    """In fen: ``received`` from buyers and ``refunds`` owed to them; ``tickets``: what the live ones
    cost their buyers; ``fees`` that stayed of returned ones; ``losses``: gone without a ticket coming
    back; ``funded``: owed by funders; ``deferred`` until it is played, ``earned`` then.
    """

    received: int = 0
    refunds: int = 0
    tickets: int = 0
    fees: int = 0
    losses: int = 0
    funded: int = 0
    deferred: int = 0
    earned: int = 0

    @property
    def net(self) -> int:
        return self.tickets + self.fees - self.losses


def money(tx: Tx, ids: Sequence[str], as_of: int) -> dict[str, Money]:
    """Return the money of each performance that has postings."""
    rows = tx.execute(
        sa.select(
            Posting.performance_id, Posting.debit, Posting.credit, sa.func.sum(Posting.amount)
        )
        .where(Posting.performance_id.in_(ids), Posting.at <= as_of)
        .group_by(Posting.performance_id, Posting.debit, Posting.credit)
    )
    moves: dict[str, Moves] = defaultdict(dict)
    for performance, debit, credit, amount in rows:
        moves[performance][debit, credit] = int(amount)
    return {performance: _summed(its) for performance, its in moves.items()}


def _summed(moves: Moves) -> Money:
    def moved(debits: Iterable[Account], credits: Iterable[Account]) -> int:
        return sum(moves.get((debit, credit), 0) for debit in debits for credit in credits)

    def between(debits: Iterable[Account], credits: Iterable[Account]) -> int:
        return moved(debits, credits) - moved(credits, debits)

    customer = (A.CUSTOMER_CLEARING,)
    return Money(
        received=moved(AT_HAND, customer),
        refunds=between((*customer, A.LOSSES), (A.REFUNDS_PAYABLE,))
        + moved(customer, (A.DISPUTED,)),
        tickets=between(customer, (A.DEFERRED_REVENUE, A.TICKET_REVENUE)),
        fees=between(customer, (A.RETURN_FEES,)),
        losses=between((A.LOSSES,), Account),
        funded=between((A.SUBSIDY_RECEIVABLE,), Account),
        deferred=between(Account, (A.DEFERRED_REVENUE,)),
        earned=between(Account, (A.TICKET_REVENUE,)),
    )
