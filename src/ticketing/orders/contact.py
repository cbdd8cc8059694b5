"""Who is written to: corrected by the office, and the diary says what was changed, not to what."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.folding import folded
from ticketing.orders.create import Buyer
from ticketing.orders.models import Order


def correct_contact(tx: Tx, order: sa.Row[Any], buyer: Buyer, *, by: str, now: int) -> bool:
    """Return whether anything changed. The order is locked."""
    wanted = {"buyer_name": buyer.name, "buyer_phone": buyer.phone, "buyer_email": buyer.email}
    changed = sorted(name for name, value in wanted.items() if getattr(order, name) != value)
    if not changed:
        return False
    values = wanted | {"buyer_folded": folded(buyer.name)}
    tx.execute(sa.update(Order).where(Order.id == order.id).values(values))
    note(tx, "contact.corrected", order.id, by=by, now=now, fields=changed)
    return True
