"""What a buyer returned: each line of an order once, with what of its price went back with it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.payments.models import ReturnedLine


class Given(NamedTuple):
    """A line that goes back; ``amount`` goes to the buyer and ``fee`` stays, in fen."""

    line_id: str
    amount: int
    fee: int


def give_up(
    tx: Tx, order_id: str, refund_id: str | None, lines: Iterable[Given], reason: str,
    *, by: str, now: int,
) -> None:  # fmt: skip
    """Write down that these lines are given up: a second time the key of the table refuses."""
    tx.execute(
        sa.insert(ReturnedLine),
        [
            {
                "line_id": line.line_id, "order_id": order_id, "refund_id": refund_id,
                "amount": line.amount, "fee": line.fee, "reason": reason,
                "returned_at": now, "returned_by": by,
            }
            for line in lines
        ],
    )  # fmt: skip


def returned_of(tx: Tx, order_id: str) -> dict[str, sa.Row[Any]]:
    """Return what was given up of an order, by line."""
    query = sa.select(ReturnedLine.__table__).where(ReturnedLine.order_id == order_id)
    return {row.line_id: row for row in tx.execute(query)}
