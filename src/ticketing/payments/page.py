"""A provider's page for a payment: wanted, opened, looked at. The only writer of payment_page."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.payments.models import Payment, PaymentPage, PaymentStatus
from ticketing.payments.provider import Page

OPEN_AFTER = 31 * MINUTE  # a page opens for half an hour at least, though the order ends before
OPEN_AT_MOST = 23 * HOUR  # providers keep a page for a day, and seats may be reserved for longer
APART = 4 * MINUTE  # the provider's clock and ours, and a payment that was on its way
LOOK_EVERY = MINUTE // 2
UNPAID = Payment.status.in_([PaymentStatus.PENDING, PaymentStatus.DECLINED])


def want(tx: Tx, payment_id: str, gateway: str, *, pay_by: int, now: int) -> int:
    """A page is wanted; it is opened after the commit. Return until when seats must be kept for it.

    It closes by itself if we never ask for that.
    """
    closes_at = min(pay_by + OPEN_AFTER, now + OPEN_AT_MOST)
    values = {"payment_id": payment_id, "gateway": gateway, "closes_at": closes_at}
    tx.execute(sa.insert(PaymentPage).values(values | {"looked_at": now}))
    return max(closes_at + APART, pay_by)


def opened(tx: Tx, payment_id: str, page: Page, *, now: int) -> None:
    mine = sa.and_(PaymentPage.payment_id == payment_id, PaymentPage.reference.is_(None))
    tx.execute(
        sa.update(PaymentPage)
        .where(mine)
        .values(reference=page.reference, url=page.url, looked_at=now)
    )


def looked(tx: Tx, payment_id: str, charge: str | None, *, now: int) -> None:
    known = sa.func.coalesce(sa.literal(charge, sa.String), PaymentPage.charge)
    change = sa.update(PaymentPage).where(PaymentPage.payment_id == payment_id)
    tx.execute(change.values(looked_at=now, charge=known))


def page_of(tx: Tx, payment_id: str) -> sa.Row[Any] | None:
    query = sa.select(PaymentPage.__table__).where(PaymentPage.payment_id == payment_id)
    return tx.execute(query).first()


def unpaid_pages(tx: Tx, order_id: str) -> list[sa.Row[Any]]:
    """Return an order's pages that may still be paid; one that nobody opened cannot be."""
    query = (
        sa.select(PaymentPage.__table__)
        .join(Payment, Payment.id == PaymentPage.payment_id)
        .where(Payment.order_id == order_id, UNPAID, PaymentPage.reference.is_not(None))
    )
    return list(tx.execute(query.order_by(PaymentPage.payment_id)))


def unseen(tx: Tx, now: int) -> list[str]:
    """Return the payments whose pages were not looked at for a while, in case an event was lost."""
    query = (
        sa.select(PaymentPage.payment_id)
        .join(Payment, Payment.id == PaymentPage.payment_id)
        .where(
            UNPAID, PaymentPage.reference.is_not(None), PaymentPage.looked_at <= now - LOOK_EVERY
        )
    )
    return list(tx.execute(query.order_by(PaymentPage.looked_at).limit(100)).scalars())


def by_charge(tx: Tx, charge: str) -> str | None:
    """Return the payment that a provider calls so."""
    query = sa.select(PaymentPage.payment_id).where(PaymentPage.charge == charge)
    return tx.execute(query).scalar()
