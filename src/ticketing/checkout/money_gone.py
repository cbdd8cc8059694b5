"""Money that left without our asking: a buyer's bank took it back, or somebody at the provider's desk.

Where it is the price of all live tickets of an order, and nobody came with them, the tickets come
back for it. Otherwise it is a loss, which the books show.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.give_back import found_at_provider
from ticketing.checkout.purse import purse
from ticketing.checkout.return_quote import Waiver, return_quote
from ticketing.checkout.take_back import take_back
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.ledger.post import Books, post_disputed, post_lost, post_won
from ticketing.orders.queries import lock
from ticketing.payments.dispute import decide, keep
from ticketing.payments.gateway import Claim, Gone, Trouble
from ticketing.payments.models import DisputeStatus
from ticketing.payments.page import by_charge
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import adoptable, known

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
    tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], gone: Gone, now: int
) -> None:  # fmt: skip
    """A refund that we did not ask for; or one that we owe, and somebody was quicker."""
    if known(tx, payment.gateway, gone.reference):
        return
    owed = adoptable(tx, payment.id, gone.amount)
    returned = 0 if owed else tickets_back(tx, order, gone.amount, "found", now)
    found_at_provider(tx, owed, payment, gone, order.performance_id, lost=not returned, now=now)
    note(tx, "refund.found", order.id, by=BY, now=now, amount=gone.amount, tickets=bool(returned))


def dispute(tx: Tx, order: sa.Row[Any], payment: sa.Row[Any], claim: Claim, now: int) -> None:
    reference, amount, currency = claim.gone
    books = Books(order.performance_id, order.id, currency)
    name = f"{payment.gateway}:{reference}"
    if keep(tx, payment.gateway, payment.id, claim, now=now):
        post_disputed(tx, name, purse(payment.gateway), amount, books, now=now)
        note(tx, "dispute.opened", order.id, by=BY, now=now, amount=amount)
    if claim.status == DisputeStatus.OPEN:
        return
    if not decide(tx, payment.gateway, reference, claim.status, now=now):
        return
    if claim.status == DisputeStatus.WON:
        post_won(tx, name, purse(payment.gateway), amount, books, now=now)
    else:
        returned = tickets_back(tx, order, amount, "disputed", now)
        post_lost(tx, name, amount, returned, books, now=now)
    note(tx, f"dispute.{claim.status}", order.id, by=BY, now=now, amount=amount)


def tickets_back(tx: Tx, order: sa.Row[Any], amount: int, reason: str, now: int) -> int:
    """Take all live tickets back where they cost so much; return what they cost, else 0."""
    quote = return_quote(tx, order, now, Waiver(waive=True, at_desk=True))
    live = [part for part in quote.parts if part.ticket.voided_at is None]
    if len(quote.possible) != len(live) or sum(part.amount for part in live) != amount:
        return 0
    take_back(tx, quote, live, reason, owed=False, by=BY, now=now)
    return amount
