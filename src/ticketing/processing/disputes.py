"""Money that left without our asking: a buyer's bank took it back, or somebody at the provider's desk.

Where nothing is left of what was paid, and nobody came with the tickets, they come back for it. Otherwise
it is a loss, which the books show.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.ledger.post import Books, post_disputed, post_lost, post_won
from ticketing.orders.queries import lock
from ticketing.payments.balance import balance
from ticketing.payments.dispute import decide, keep
from ticketing.payments.known import account_of
from ticketing.payments.models import DisputeStatus
from ticketing.payments.page import by_charge
from ticketing.payments.provider import BankDispute, RefundFound, Trouble
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import known
from ticketing.returns.quote import Waiver, kept_payment, return_quote
from ticketing.returns.refund import cover_what_left, found_at_provider
from ticketing.returns.revoke import revoke

BY = "provider"


def learn_trouble(tx: Tx, charge: str, trouble: Trouble, *, now: int) -> None:
    """Harmless when repeated; a charge that is not ours concerns nobody here."""
    payment_id = by_charge(tx, charge)
    if payment_id is None:
        return
    payment = payment_by_id(tx, payment_id)
    order = lock(tx, payment.order_id)
    for gone in trouble.refunds:
        refunded_there(tx, order, payment, gone, now)
    for claim in trouble.claims:
        dispute(tx, order, payment, claim, now)


def refunded_there(
    tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], gone: RefundFound, now: int
) -> None:  # fmt: skip
    """A refund that we did not ask for. Was it one that we owe, and somebody was quicker, the provider
    refuses ours, and it is covered then.
    """
    if known(tx, payment.gateway, gone.reference):
        return
    price = tickets_back(
        tx, order, payment, gone.amount, balance(tx, payment) - gone.amount, "found", now
    )
    lost = gone.amount - min(price, gone.amount)
    found_at_provider(tx, payment, gone, order.performance_id, lost=lost, now=now)
    cover_what_left(tx, payment, now=now)
    note(tx, "refund.found", order.id, by=BY, now=now, amount=gone.amount, lost=lost)


def dispute(tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], claim: BankDispute, now: int) -> None:
    reference, amount, currency = claim.gone
    books = Books(order.performance_id, order.id, currency)
    name = f"{payment.gateway}:{reference}"
    if keep(tx, payment.gateway, payment.id, claim, now=now):
        post_disputed(tx, name, account_of(payment.gateway), amount, books, now=now)
        note(tx, "dispute.opened", order.id, by=BY, now=now, amount=amount)
    if claim.status == DisputeStatus.OPEN:
        return
    if not decide(tx, payment.gateway, reference, claim.status, now=now):
        return
    if claim.status == DisputeStatus.WON:
        post_won(tx, name, account_of(payment.gateway), amount, books, now=now)
    else:
        price = tickets_back(tx, order, payment, amount, balance(tx, payment), "disputed", now)
        post_lost(tx, name, amount, min(price, amount), books, now=now)
        cover_what_left(tx, payment, now=now)
    note(tx, f"dispute.{claim.status}", order.id, by=BY, now=now, amount=amount)


def bought_them(tx: Tx, order: sa.Row[Any], payment: sa.Row[Any]) -> bool:
    """Say whether this payment bought the tickets: another was to go back anyway."""
    kept = kept_payment(tx, order.id)
    return kept is not None and bool(kept.id == payment.id)


def tickets_back(
    tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], gone: int, rest: int, reason: str, now: int
) -> int:  # fmt: skip
    """Take all live tickets back where ``rest``, what is left of the payment that bought them, is nothing;
    return what they cost, else 0."""
    if rest > 0 or not bought_them(tx, order, payment):
        return 0
    quote = return_quote(tx, order, now, Waiver(waive=True, at_desk=True))
    live = [part for part in quote.parts if part.ticket.voided_at is None]
    if not live or len(quote.possible) != len(live):
        return 0
    revoke(tx, quote, live, reason, gone=gone, by=BY, now=now)
    return sum(part.ticket.paid for part in live)
