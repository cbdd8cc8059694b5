"""Act on what a provider told us, by an event or when we looked. Each is handled once, in any order."""

from ticketing.checkout.confirm import confirm
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.payments.inbox import Heard, take
from ticketing.payments.page import APART, looked, page_of
from ticketing.payments.payment import close, decline
from ticketing.payments.provider import SessionState, SessionStatus
from ticketing.payments.queries import by_id


def apply_event(tx: Tx, gateway: str, event_id: str, *, now: int) -> None:
    """Act on an event that says all there is to know: those of the play gateway."""
    event = take(tx, gateway, event_id, now=now)
    if event is None:
        return
    if event.kind == Heard.PAID:
        payment = by_id(tx, event.payment_id)
        confirm(tx, payment.id, payment.amount, payment.currency, now=now)
    else:
        decline(tx, event.payment_id, now=now)


def apply_state(tx: Tx, payment_id: str, seen: SessionState, *, now: int) -> None:
    """Act on how a provider's page stands. Harmless when repeated."""
    looked(tx, payment_id, seen.charge, now=now)
    if seen.standing is SessionStatus.PAID:
        confirm(tx, payment_id, seen.amount, seen.currency, now=now)
    elif seen.standing is SessionStatus.DECLINED:
        decline(tx, payment_id, now=now)
    elif seen.standing is SessionStatus.CLOSED:
        close(tx, payment_id, now=now)


def nothing_seen(tx: Tx, payment_id: str, *, now: int) -> None:
    """The provider does not know the page: once it must be closed by itself, it is."""
    looked(tx, payment_id, None, now=now)
    page = page_of(tx, payment_id)
    if page is not None and now >= page.closes_at + APART and close(tx, payment_id, now=now):
        note(tx, "page.unknown", payment_id, by="checkout", now=now)
