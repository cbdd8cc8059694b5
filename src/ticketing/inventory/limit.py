"""How many holds a client and a network may have: the only writer of hold_quota.

Those of the last hour count that became no order and were not given back at once. ``used`` only grows,
so a hold costs one statement and an order none; who meets the limit is counted anew, from the holds
themselves. The quota's row is locked meanwhile: two holds at one moment are not both the last.
"""

from functools import cache
from math import ceil
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute
from typing_extensions import override

from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import Refused
from ticketing.inventory.claim import INSERT
from ticketing.inventory.models import Hold, HoldQuota
from ticketing.programme.on_sale import Terms

AT_ONCE = MINUTE  # given back so soon, a hold kept nobody from the seats


class TooManyHolds(Refused):
    """``seconds``: until the oldest of them no longer counts."""

    status = 429
    type = "too-many-holds"
    zh = "你这边一小时里留了太多座位没有买。请过 {minutes} 分钟再选，或先买下已留的。"
    en = (
        "Too many seats were held here within the hour and not bought."
        " Please wait {minutes} min, or buy those that you hold."
    )

    def __init__(self, seconds: int) -> None:
        super().__init__(minutes=ceil(seconds / 60))
        self.retry_after = seconds

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {"retry_after": self.retry_after}


@cache
def use(dialect: str) -> Statement:
    """One more in both quotas, where it is within the limit; the answer names the quotas it is in."""
    names = ("client", "network")
    insert = INSERT[dialect](HoldQuota).values(
        [
            {"performance_id": sa.bindparam("performance"), "who": sa.bindparam(name), "used": 1}
            for name in names
        ]
    )
    most = sa.case(
        *(
            (HoldQuota.who == sa.bindparam(name), sa.bindparam(f"most_{name}", type_=sa.BigInteger))
            for name in names
        )
    )
    return Statement(
        insert.on_conflict_do_update(
            index_elements=[HoldQuota.performance_id, HoldQuota.who],
            set_={"used": HoldQuota.used + 1},
            where=HoldQuota.used < most,
        ).returning(HoldQuota.who)
    )


def counted(who: InstrumentedAttribute[str]) -> Statement:
    """Count the holds that count, and find the oldest of them."""
    return Statement(
        sa.select(sa.func.count(), sa.func.min(Hold.placed_at)).where(
            Hold.performance_id == sa.bindparam("performance"),
            who == sa.bindparam("who"),
            Hold.placed_at > sa.bindparam("since"),
            Hold.ordered_at.is_(None),
            sa.or_(Hold.released_at.is_(None), Hold.released_at - Hold.placed_at >= AT_ONCE),
        )
    )


OF_CLIENT, OF_NETWORK = counted(Hold.client), counted(Hold.network)
CORRECT = Statement(
    sa.update(HoldQuota)
    .where(
        HoldQuota.performance_id == sa.bindparam("performance"),
        HoldQuota.who == sa.bindparam("whose"),
    )
    .values(used=sa.bindparam("count"))
)


def count_hold(
    tx: Tx, performance_id: str, sale: Terms, *, client: str, network: str, now: int
) -> None:
    """Count a hold that is about to be placed, before its seats are locked; or TooManyHolds."""
    rows = tx.all(
        use(tx.dialect), performance=performance_id, client=client, network=network,
        most_client=sale.most_holds_per_client, most_network=sale.most_holds_per_network,
    )  # fmt: skip
    within = {who for (who,) in rows}
    if client not in within:
        count_anew(tx, OF_CLIENT, performance_id, client, sale.most_holds_per_client, now)
    if network not in within:
        count_anew(tx, OF_NETWORK, performance_id, network, sale.most_holds_per_network, now)


def count_anew(
    tx: Tx, counted: Statement, performance_id: str, who: str, most: int, now: int
) -> None:
    row = tx.first(counted, performance=performance_id, who=who, since=now - HOUR)
    assert row
    count, oldest = row
    if count >= most:
        raise TooManyHolds(ceil((oldest + HOUR - now) / 1000))
    tx.run(CORRECT, performance=performance_id, whose=who, count=count + 1)
