"""Posting: the only writer of the books. An entry is made once; its name says for what.

``at``: where buyers' money lies that came or goes by a gateway.
"""

from dataclasses import dataclass

from ticketing.desk.db import Tx
from ticketing.ledger.models import Account, Posting


@dataclass(frozen=True, slots=True)
class Books:
    """Whose entry it is; nobody's where a provider takes its fee or pays out."""

    performance_id: str | None
    order_id: str | None
    currency: str
    drawer_id: str | None = None  # whose cash moves


Move = tuple[Account, Account, int]  # debit, credit, fen


def post(tx: Tx, entry: str, books: Books, moves: list[Move], *, now: int) -> None:
    tx.add(Posting, [
        {
            "entry": entry, "line": line, "debit": debit.value, "credit": credit.value,
            "amount": amount, "at": now, "performance_id": books.performance_id,
            "order_id": books.order_id, "currency": books.currency,
            "drawer_id": books.drawer_id if Account.CASH in (debit, credit) else None,
        }
        for line, (debit, credit, amount) in enumerate(moves)
        if amount
    ])  # fmt: skip


def post_payment(
    tx: Tx, payment_id: str, at: Account, amount: int, books: Books, *, now: int
) -> None:
    if amount:
        moves = [(at, Account.CUSTOMER_CLEARING, amount)]
        post(tx, f"payment:{payment_id}", books, moves, now=now)


def post_sale(tx: Tx, paid: int, funded: int, books: Books, *, now: int) -> None:
    """Defer what the buyer paid and what the funder owes until the performance was played."""
    moves = [
        (Account.CUSTOMER_CLEARING, Account.DEFERRED_REVENUE, paid),
        (Account.SUBSIDY_RECEIVABLE, Account.DEFERRED_REVENUE, funded),
    ]
    post(tx, f"sale:{books.order_id}", books, moves, now=now)


def post_refund(
    tx: Tx, refund_id: str, amount: int, books: Books, *, lost: int = 0, now: int
) -> None:
    """Owe back money that buys nothing any more; ``lost``: for so much of it no ticket came back."""
    moves = [
        (Account.CUSTOMER_CLEARING, Account.REFUNDS_PAYABLE, amount - lost),
        (Account.LOSSES, Account.REFUNDS_PAYABLE, lost),
    ]
    post(tx, f"refund:{refund_id}", books, moves, now=now)


def post_repaid(
    tx: Tx, refund_id: str, at: Account, amount: int, books: Books, *, now: int
) -> None:
    moves = [(Account.REFUNDS_PAYABLE, at, amount)]
    post(tx, f"repaid:{refund_id}", books, moves, now=now)


def post_bounced(
    tx: Tx, refund_id: str, at: Account, amount: int, books: Books, *, now: int
) -> None:
    """What was given back came back: it is owed again."""
    moves = [(at, Account.REFUNDS_PAYABLE, amount)]
    post(tx, f"bounced:{refund_id}", books, moves, now=now)


def post_paid_out(tx: Tx, refund_id: str, amount: int, books: Books, *, now: int) -> None:
    """Somebody paid by hand, from the bank, what no provider could give back."""
    moves = [(Account.REFUNDS_PAYABLE, Account.BANK, amount)]
    post(tx, f"paid_out:{refund_id}", books, moves, now=now)


def post_covered(tx: Tx, name: str, amount: int, books: Books, *, now: int) -> None:
    """So much of a refund went back before, which was a loss until now."""
    moves = [(Account.REFUNDS_PAYABLE, Account.LOSSES, amount)]
    post(tx, f"covered:{name}", books, moves, now=now)


@dataclass(frozen=True, slots=True)
class Returned:
    """Of tickets that come back, in fen: what was ``paid`` and ``funded``; of what was paid ``fee`` stays
    with the house, and ``recovered`` was lost before and has its tickets now. ``played``: it is revenue
    already.
    """

    paid: int
    funded: int
    fee: int
    recovered: int
    played: bool


def post_return(tx: Tx, return_id: str, what: Returned, books: Books, *, now: int) -> None:
    """Reverse what was sold: the funder owes nothing, and what was paid waits for its refund."""
    sold = Account.TICKET_REVENUE if what.played else Account.DEFERRED_REVENUE
    moves = [
        (sold, Account.CUSTOMER_CLEARING, what.paid),
        (sold, Account.SUBSIDY_RECEIVABLE, what.funded),
        (Account.CUSTOMER_CLEARING, Account.RETURN_FEES, what.fee),
        (Account.CUSTOMER_CLEARING, Account.LOSSES, what.recovered),
    ]
    post(tx, f"return:{return_id}", books, moves, now=now)


def post_disputed(
    tx: Tx, dispute: str, at: Account, amount: int, books: Books, *, now: int
) -> None:
    """A buyer's bank took money back: it is nobody's until that is decided."""
    moves = [(Account.DISPUTED, at, amount)]
    post(tx, f"disputed:{dispute}", books, moves, now=now)


def post_won(tx: Tx, dispute: str, at: Account, amount: int, books: Books, *, now: int) -> None:
    moves = [(at, Account.DISPUTED, amount)]
    post(tx, f"won:{dispute}", books, moves, now=now)


def post_lost(tx: Tx, dispute: str, amount: int, returned: int, books: Books, *, now: int) -> None:
    """The bank keeps what was disputed: ``returned`` of it for tickets that came back."""
    moves = [
        (Account.CUSTOMER_CLEARING, Account.DISPUTED, returned),
        (Account.LOSSES, Account.DISPUTED, amount - returned),
    ]
    post(tx, f"lost:{dispute}", books, moves, now=now)


def post_movement(
    tx: Tx,
    movement: str,
    gateway: str,
    at: Account,
    fee: int,
    paid_out: int,
    currency: str,
    *,
    now: int,
) -> None:
    """What a provider took for itself, and what it paid to our bank, in fen; either may be 0.

    Below 0 a fee was given back, and a payout was taken from our bank.
    """
    moves = [
        (account, at, fen) if fen >= 0 else (at, account, -fen)
        for account, fen in ((Account.PROVIDER_FEES, fee), (Account.BANK, paid_out))
    ]
    post(tx, f"movement:{gateway}:{movement}", Books(None, None, currency), moves, now=now)
