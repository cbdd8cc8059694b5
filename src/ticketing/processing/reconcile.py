"""Reconcile: what a provider says of each charge, against what we stored of it, to the fen.

A dispute, or a refund made at the provider's own desk, whose event was lost is a difference: so where one
is, the charge is looked at.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import HOUR
from ticketing.ledger.post import post_movement
from ticketing.orders.models import Order
from ticketing.payments.known import account_of
from ticketing.payments.models import (
    Dispute,
    DisputeStatus,
    Payment,
    PaymentPage,
    PaymentStatus,
    ProviderMovement,
    Refund,
    RefundStatus,
)
from ticketing.payments.movement import known_until, newest, store_new
from ticketing.payments.provider import Movement, Provider
from ticketing.processing.conversation import look_for_trouble

# a provider's word: which of ours it belongs to
KINDS = {
    "charge": "paid", "refund": "returned", "refund_failure": "returned",
    "dispute": "disputed", "dispute_reversal": "disputed", "payout": "payout",
}  # fmt: skip


class Difference(NamedTuple):
    """Of one charge, in fen: ``ours`` and ``theirs``; ``order``: its number, "" where we know none."""

    kind: str
    charge: str
    order: str
    currency: str
    ours: int
    theirs: int


Sums = Counter[tuple[str, str, str]]  # (kind, charge, currency): fen


ASKED_WITHIN = 2 * HOUR  # each is asked every hour
GONE = {"returned", "disputed"}


async def reconcile(desk: Desk, gateway: str, provider: Provider) -> list[Difference]:
    """Return what is different still when all that can be learned is learned."""
    await fetch(desk, gateway, provider)
    found = await desk.read(differences, gateway)
    for charge in sorted({each.charge for each in found if each.kind in GONE} - {""}):
        await look_for_trouble(desk, provider, charge)
    return await desk.read(differences, gateway)


async def fetch(desk: Desk, gateway: str, provider: Provider) -> int:
    """Ask for what is new, book its fees and payouts, and return how many that were."""
    movements = await provider.movements(await desk.read(known_until, gateway))
    return await desk.write(take_over, gateway, movements)


def take_over(tx: Tx, gateway: str, movements: Iterable[Movement], *, now: int) -> int:
    new = store_new(tx, gateway, movements)
    for each in new:
        paid_out = -each.amount if each.category == "payout" else 0
        post_movement(
            tx,
            each.reference,
            gateway,
            account_of(gateway),
            each.fee,
            paid_out,
            each.currency,
            now=now,
        )
    return len(new)


def differences(tx: Tx, gateway: str) -> list[Difference]:
    """Return every charge of which the two sides say different things, and what we cannot explain."""
    our, their = ours(tx, gateway), theirs(tx, gateway)
    numbers = orders(tx)
    return sorted(
        Difference(kind, charge, numbers.get(charge, ""), currency, our[key], their[key])
        for key in our.keys() | their.keys()
        if our[key] != their[key]
        for kind, charge, currency in [key]
    )


def said_otherwise(tx: Tx, gateway: str, now: int) -> list[Difference]:
    """Return what a provider says otherwise, as far as it was asked: nothing before it ever was, and
    nothing of a charge that is younger than all it told, unless it should have been asked since."""
    asked_until = newest(tx, gateway)
    if asked_until is None:
        return []
    young = moved_since(tx, max(asked_until, now - ASKED_WITHIN))
    return [each for each in differences(tx, gateway) if each.theirs or each.charge not in young]


def moved_since(tx: Tx, since: int) -> set[str]:
    """Return the charges of which we stored something after that moment."""
    paid = sa.select(PaymentPage.charge).join(Payment, Payment.id == PaymentPage.payment_id)
    back = sa.select(PaymentPage.charge).join(Refund, Refund.payment_id == PaymentPage.payment_id)
    both = paid.where(Payment.settled_at > since).union(back.where(Refund.created_at > since))
    return {charge or "" for charge in tx.execute(both).scalars()}


def theirs(tx: Tx, gateway: str) -> Sums:
    found: Sums = Counter()
    rows = tx.execute(
        sa.select(ProviderMovement.__table__).where(ProviderMovement.gateway == gateway)
    )
    for row in rows:
        kind = KINDS.get(row.category, row.category)
        if kind != "payout":
            found[kind, row.charge, row.currency] += row.amount
    return found


def ours(tx: Tx, gateway: str) -> Sums:
    found: Sums = Counter()
    amount = sa.func.coalesce(Payment.received, Payment.amount)
    currency = sa.func.coalesce(Payment.received_currency, Payment.currency)
    mine = sa.select(PaymentPage.charge, amount, currency).join(
        Payment, Payment.id == PaymentPage.payment_id
    )
    for charge, fen, coin in tx.execute(
        mine.where(Payment.status == PaymentStatus.SUCCEEDED, Payment.gateway == gateway)
    ):
        found["paid", charge or "", coin] += fen
    left = (RefundStatus.PENDING, RefundStatus.SUCCEEDED)
    for charge, fen, coin in tx.execute(
        sa.select(PaymentPage.charge, Refund.amount, Refund.currency)
        .join(PaymentPage, PaymentPage.payment_id == Refund.payment_id)
        .where(Refund.status.in_(left), PaymentPage.gateway == gateway)
    ):
        found["returned", charge or "", coin] -= fen
    for charge, fen, coin in tx.execute(
        sa.select(PaymentPage.charge, Dispute.amount, Dispute.currency)
        .join(PaymentPage, PaymentPage.payment_id == Dispute.payment_id)
        .where(Dispute.status != DisputeStatus.WON, PaymentPage.gateway == gateway)
    ):
        found["disputed", charge or "", coin] -= fen
    return found


def orders(tx: Tx) -> dict[str, str]:
    """Return the number of the order of each charge."""
    query = (
        sa.select(PaymentPage.charge, Order.number)
        .join(Payment, Payment.id == PaymentPage.payment_id)
        .join(Order, Order.id == Payment.order_id)
        .where(PaymentPage.charge.is_not(None))
    )
    return {row.charge: row.number for row in tx.execute(query)}
