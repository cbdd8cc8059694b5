"""What is over and not signed yet."""

from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter
from ticketing.programme.models import Performance
from ticketing.settlement.models import Settlement

LOOK = {"zh": "去签字", "en": "Sign"}


def to_be_signed(tx: Tx, now: int) -> Iterable[Matter]:
    over = sa.or_(Performance.ends_at <= now, Performance.cancelled_at.is_not(None))
    signed = sa.select(Settlement.performance_id)
    mine = sa.and_(over, Performance.published_at.is_not(None), Performance.id.not_in(signed))
    slugs = list(tx.execute(sa.select(Performance.slug).where(mine)).scalars())
    if slugs:
        about = {"zh": f"{len(slugs)} 场", "en": f"Performances: {len(slugs)}"}
        says = {
            "zh": "结束或取消了，结算还没有签字。",
            "en": "over or cancelled, and not signed off yet.",
        }
        one = f"/office/performances/{slugs[0]}/settlement"
        yield Matter("warn", about, says, one if len(slugs) == 1 else "/office/settlements", LOOK)
