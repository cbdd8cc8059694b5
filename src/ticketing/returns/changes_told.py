"""What buyers of a performance were told of its changes: when, to how many, until when returns are free."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.outbox import Letter
from ticketing.pricing.models import FreeReturn


def changes_told(tx: Tx, performance_id: str) -> list[sa.Row[Any]]:
    """Return the newest first: ``reason``, ``opened_at``, ``closes_at``, ``letters``, ``unsent`` of them."""
    its = sa.and_(Letter.template == "changed", Letter.created_at == FreeReturn.opened_at)
    unsent = sa.case((sa.and_(Letter.id.is_not(None), Letter.sent_at.is_(None)), 1), else_=0)
    query = (
        sa.select(
            FreeReturn.opened_at, FreeReturn.closes_at, FreeReturn.reason,
            sa.func.count(Letter.id).label("letters"), sa.func.sum(unsent).label("unsent"),
        )
        .outerjoin(Letter, its)
        .where(FreeReturn.performance_id == performance_id)
        .group_by(FreeReturn.performance_id, FreeReturn.opened_at)
        .order_by(FreeReturn.opened_at.desc())
    )  # fmt: skip
    return list(tx.execute(query))
