"""Talking to a provider: never inside a transaction, and every answer is stored by an act of its own.

Each of these may be called again, by a second click, by an event and by the caretaker at one time.
"""

from typing import Any

import sqlalchemy as sa

from ticketing.checkout.fulfil import OrderClosed
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.words import title
from ticketing.orders.models import TO_PAY, OrderStatus
from ticketing.orders.queries import by_id, lock
from ticketing.payments.inbox import event_of, handled, hear
from ticketing.payments.known import known
from ticketing.payments.models import RefundStatus
from ticketing.payments.page import opened, page_of, unpaid_pages
from ticketing.payments.provider import (
    NotAccepted,
    Page,
    Provider,
    Providers,
    RefundRequest,
    RefundState,
    SessionRequest,
)
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.payments.refund import owed_of
from ticketing.processing.apply_event import apply_event, apply_state, nothing_seen
from ticketing.processing.disputes import learn_trouble
from ticketing.programme.queries import by_id as performance_by_id
from ticketing.returns.refund import told_of_refund


async def open_page(desk: Desk, provider: Provider, payment_id: str, back: str) -> str:
    """Return the address of the provider's page, opened now or before; OrderClosed when too late."""
    url, wanted = await desk.read(wanted_of, payment_id, back)
    if url:
        return str(url)
    page = await provider.open(wanted)
    if not await desk.write(store_page, payment_id, page):
        await provider.close(page.reference)  # nobody has its address
        raise OrderClosed()
    return page.url


def wanted_of(tx: Tx, payment_id: str, back: str) -> tuple[str | None, SessionRequest]:
    payment = payment_by_id(tx, payment_id)
    order, page = by_id(tx, payment.order_id), page_of(tx, payment_id)
    assert page is not None
    if order.status != OrderStatus.AWAITING_PAYMENT:
        raise OrderClosed()
    show = performance_by_id(tx, order.performance_id)
    return page.url, SessionRequest(
        payment_id, payment.amount, payment.currency, title(show.title, order.lang), order.lang,
        page.closes_at, back,
    )  # fmt: skip


def store_page(tx: Tx, payment_id: str, page: Page, *, now: int) -> bool:
    """Return whether the order may still be paid: else its seats may be gone already."""
    order = lock(tx, payment_by_id(tx, payment_id).order_id)
    if order.status != OrderStatus.AWAITING_PAYMENT:
        return False
    opened(tx, payment_id, page, now=now)
    return True


async def look(desk: Desk, providers: Providers, payment_id: str) -> None:
    """Ask how a page stands and act on it; a page that was never opened says nothing. Where its order is
    over it is closed, so that nobody pays there.
    """
    page, over = await desk.read(page_and_order, payment_id)
    if page is None or page.reference is None:
        return
    provider = provider_of(providers, page.gateway)
    try:
        seen = await (provider.close if over else provider.look)(page.reference)
    except NotAccepted:
        await desk.write(nothing_seen, payment_id)
        raise
    await desk.write(apply_state, payment_id, seen)


def page_and_order(tx: Tx, payment_id: str) -> tuple[sa.Row[Any] | None, bool]:
    """Return a payment's page, and whether nothing is to be paid for its order any more."""
    order = by_id(tx, payment_by_id(tx, payment_id).order_id)
    return page_of(tx, payment_id), order.status not in TO_PAY


async def close_pages(desk: Desk, providers: Providers, order_id: str) -> None:
    """Let an order's pages take no more money."""
    for page in await desk.read(unpaid_pages, order_id):
        try:
            seen = await provider_of(providers, page.gateway).close(page.reference)
        except NotAccepted:  # it does not know the page, or is not set up any more
            await desk.write(nothing_seen, page.payment_id)
        else:
            await desk.write(apply_state, page.payment_id, seen)


def provider_of(providers: Providers, gateway: str) -> Provider:
    """Raises NotAccepted for one that is not set up any more."""
    provider = providers.get(gateway)
    if provider is None:
        raise NotAccepted("not set up")
    return provider


async def look_for_trouble(desk: Desk, provider: Provider, charge: str) -> None:
    """Ask for disputes of a charge, and for refunds that we did not ask for."""
    await desk.write(learn_trouble, charge, await provider.trouble(charge))


async def send_refund(desk: Desk, provider: Provider, owed: RefundRequest) -> None:
    """Have money given back, or ask how far that is."""
    try:
        given = await provider.give_back(owed)
    except NotAccepted:
        given = RefundState(RefundStatus.FAILED, None)
    await desk.write(told_of_refund, owed.refund_id, given)


async def hear_of(
    desk: Desk, providers: Providers, gateway: str, body: bytes, signature: str
) -> None:
    """Store an event, once, and act on it. BadSignature for what is not the provider's."""
    told = providers[gateway].hear(body, signature)
    words = {"refund": told.refund_id, "charge": told.charge}
    await desk.write(hear, gateway, told.event_id, told.kind, told.payment_id, words)
    await act_on(desk, providers, gateway, told.event_id)


async def act_on(desk: Desk, providers: Providers, gateway: str, event_id: str) -> None:
    """Act on an event that was stored: look where it points."""
    if not known(gateway).elsewhere:
        await desk.write(apply_event, gateway, event_id)
        return
    event = await desk.read(event_of, gateway, event_id)
    if event.payment_id:
        await look(desk, providers, event.payment_id)
    if owed := await desk.read(owed_of, event.payload.get("refund", "")):
        await send_refund(desk, provider_of(providers, gateway), owed)
    if charge := event.payload.get("charge", ""):
        await look_for_trouble(desk, provider_of(providers, gateway), charge)
    await desk.write(handled, gateway, event_id)
