"""The inbox: what a provider tells us is stored once, before anything is decided about it."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.payments.models import ProviderEvent


class Heard(StrEnum):
    PAID = "paid"
    DECLINED = "declined"


def hear(
    tx: Tx, gateway: str, event_id: str, kind: str, payment_id: str, payload: dict[str, Any],
    *, now: int,
) -> bool:  # fmt: skip
    """Return whether this was new. ``kind``: the play gateway's is one of Heard."""
    values = {
        "gateway": gateway, "event_id": event_id, "kind": kind, "payment_id": payment_id,
        "payload": payload, "received_at": now,
    }  # fmt: skip
    insert = INSERT[tx.dialect](ProviderEvent).values(values).on_conflict_do_nothing()
    return tx.execute(insert.returning(ProviderEvent.event_id)).first() is not None


def take(tx: Tx, gateway: str, event_id: str, *, now: int) -> sa.Row[Any] | None:
    """Mark an event handled and return it; None if somebody did that already."""
    return event_of(tx, gateway, event_id) if handled(tx, gateway, event_id, now=now) else None


def handled(tx: Tx, gateway: str, event_id: str, *, now: int) -> bool:
    """Return whether this call marked it."""
    new = sa.and_(mine(gateway, event_id), ProviderEvent.handled_at.is_(None))
    change = sa.update(ProviderEvent).where(new).values(handled_at=now)
    return tx.execute(change).rowcount == 1


def event_of(tx: Tx, gateway: str, event_id: str) -> sa.Row[Any]:
    return tx.execute(sa.select(ProviderEvent.__table__).where(mine(gateway, event_id))).one()


def mine(gateway: str, event_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(ProviderEvent.gateway == gateway, ProviderEvent.event_id == event_id)


def unhandled(tx: Tx) -> list[tuple[str, str]]:
    """Return (gateway, event id) of what was stored and not yet acted upon."""
    query = sa.select(ProviderEvent.gateway, ProviderEvent.event_id).where(
        ProviderEvent.handled_at.is_(None)
    )
    rows = tx.execute(query.order_by(ProviderEvent.received_at, ProviderEvent.event_id)).all()
    return [(gateway, event) for gateway, event in rows]
