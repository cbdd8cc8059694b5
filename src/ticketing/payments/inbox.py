"""The inbox: what a provider tells us is stored once, before anything is decided about it."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.db import INSERT, Tx
from ticketing.payments.models import Gateway, ProviderEvent


class Heard(StrEnum):
    PAID = "paid"
    DECLINED = "declined"


def hear(
    tx: Tx, gateway: Gateway, event_id: str, kind: Heard, payment_id: str, payload: dict[str, Any],
    *, now: int,
) -> bool:  # fmt: skip
    """Return whether this was new."""
    values = {
        "gateway": gateway, "event_id": event_id, "kind": kind, "payment_id": payment_id,
        "payload": payload, "received_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](ProviderEvent).values(values).on_conflict_do_nothing()
    return tx.execute(insert).rowcount == 1


def take(tx: Tx, gateway: Gateway, event_id: str, *, now: int) -> sa.Row[Any] | None:
    """Mark an event handled and return it; None if somebody did that already."""
    mine = sa.and_(ProviderEvent.gateway == gateway, ProviderEvent.event_id == event_id)
    change = sa.update(ProviderEvent).where(mine, ProviderEvent.handled_at.is_(None))
    if tx.execute(change.values(handled_at=now)).rowcount == 0:
        return None
    return tx.execute(sa.select(ProviderEvent.__table__).where(mine)).one()


def unhandled(tx: Tx) -> list[tuple[str, str]]:
    """Return (gateway, event id) of what was stored and not yet acted upon."""
    query = sa.select(ProviderEvent.gateway, ProviderEvent.event_id).where(
        ProviderEvent.handled_at.is_(None)
    )
    rows = tx.execute(query.order_by(ProviderEvent.received_at, ProviderEvent.event_id)).all()
    return [(gateway, event) for gateway, event in rows]
