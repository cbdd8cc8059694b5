"""Where a performance's money came in and lies, by the ledger as of a moment; who owes us for it."""

from collections import defaultdict
from typing import TypedDict

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.words import Words
from ticketing.ledger.models import Account, Posting
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.models import Payment, PaymentPage, ProviderMovement
from ticketing.pricing.models import Funder
from ticketing.reports.counts import live
from ticketing.tickets.models import Ticket

A = Account
PURSES = (A.CASH, A.DESK_CLEARING, A.CARD_CLEARING, A.PROVIDER_CLEARING, A.BANK)


class PurseFigures(TypedDict):
    """In fen: ``came`` from buyers, ``went`` back to them or to their banks, and what is ``left``."""

    account: str
    came: int
    went: int
    left: int


class Subsidy(TypedDict):
    funder: Words
    programme: Words
    tickets: int
    amount: int


Moves = dict[tuple[str, str], int]  # fen by (debit, credit)


def purses(moved: Moves) -> list[PurseFigures]:
    """Return those that anything moved in."""
    found = []
    for account in PURSES:
        came = sum(fen for (debit, _), fen in moved.items() if debit == account)
        went = sum(fen for (_, credit), fen in moved.items() if credit == account)
        if came or went:
            found.append(PurseFigures(account=account, came=came, went=went, left=came - went))
    return found


def owed(moved: Moves) -> tuple[int, int]:
    """Return what is still to go back to buyers, and what their banks have taken and not decided."""

    def balance(account: Account) -> int:
        return sum(
            fen * ((debit == account) - (credit == account))
            for (debit, credit), fen in moved.items()
        )

    return -balance(A.REFUNDS_PAYABLE), balance(A.DISPUTED)


def moves(tx: Tx, performance_id: str, as_of: int) -> Moves:
    query = (
        sa.select(Posting.debit, Posting.credit, sa.func.sum(Posting.amount))
        .where(Posting.performance_id == performance_id, Posting.at <= as_of)
        .group_by(Posting.debit, Posting.credit)
    )
    found: Moves = defaultdict(int)
    for debit, credit, fen in tx.execute(query):
        found[debit, credit] += int(fen)
    return found


def provider_fees(tx: Tx, performance_id: str, as_of: int) -> int:
    """Return what providers took for this performance's payments, as far as they have told."""
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(ProviderMovement.fee), 0))
        .join(PaymentPage, PaymentPage.charge == ProviderMovement.charge)
        .join(Payment, Payment.id == PaymentPage.payment_id)
        .join(Order, Order.id == Payment.order_id)
        .where(Order.performance_id == performance_id, ProviderMovement.at <= as_of)
    )
    return int(tx.execute(query).scalar_one())


def subsidies(tx: Tx, performance_id: str, as_of: int) -> list[Subsidy]:
    """Return what each funder owes for the live tickets."""
    rows = tx.execute(
        sa.select(
            Funder.name,
            Funder.programme,
            Funder.slug,
            sa.func.count(),
            sa.func.sum(OrderLine.funded),
        )
        .join_from(Ticket, OrderLine, OrderLine.id == Ticket.line_id)
        .join(Funder, Funder.id == OrderLine.funder_id)
        .where(Ticket.performance_id == performance_id, live(as_of), OrderLine.funded > 0)
        .group_by(Funder.id, Funder.slug)
        .order_by(Funder.slug)
    )
    return [
        Subsidy(funder=name, programme=programme, tickets=int(count), amount=int(amount))
        for name, programme, _, count, amount in rows
    ]
