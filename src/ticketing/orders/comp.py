"""A free order's comp: who approved it, and why. The only writer of it; nothing changes or deletes it."""

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.orders.models import Comp


def record_comp(
    tx: Tx, order_id: str, *, approver: str, reason: str, seats: int, by: str, now: int
) -> None:
    """Write down the comp of an order that was made in this transaction; ``approver``: a staff's id."""
    row = {"order_id": order_id, "approver_id": approver, "reason": reason, "made_at": now}
    tx.add(Comp, [row])
    note(tx, "comp.issued", order_id, by=by, now=now, approver=approver, seats=seats)
