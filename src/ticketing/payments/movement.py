"""What providers say they did with the money: stored once, and never changed."""

from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Tx
from ticketing.foundation.clock import DAY
from ticketing.payments.models import ProviderMovement
from ticketing.payments.provider import Movement


def store_new(tx: Tx, gateway: str, movements: Iterable[Movement]) -> list[Movement]:
    """Return those that were not known."""
    new = []
    for each in movements:
        insert = INSERT[tx.dialect](ProviderMovement).values(gateway=gateway, **each._asdict())
        kept = insert.on_conflict_do_nothing().returning(ProviderMovement.reference)
        if tx.execute(kept).first() is not None:
            new.append(each)
    return new


def newest(tx: Tx, gateway: str) -> int | None:
    """Return when the last one that is known was, ms."""
    query = sa.select(sa.func.max(ProviderMovement.at)).where(ProviderMovement.gateway == gateway)
    return tx.execute(query).scalar()


def known_until(tx: Tx, gateway: str) -> int:
    """Return from when on to ask: a day before the newest one that is known."""
    return max(0, (newest(tx, gateway) or 0) - DAY)
