"""Act on what a provider told us. Each event is handled once, in any order."""

from ticketing.checkout.confirm import confirm
from ticketing.foundation.db import Tx
from ticketing.payments.attempt import decline
from ticketing.payments.inbox import Heard, take
from ticketing.payments.models import Gateway


def settle(tx: Tx, gateway: Gateway, event_id: str, *, now: int) -> None:
    event = take(tx, gateway, event_id, now=now)
    if event is None:
        return
    if event.kind == Heard.PAID:
        confirm(tx, event.payment_id, now=now)
    else:
        decline(tx, event.payment_id, now=now)
