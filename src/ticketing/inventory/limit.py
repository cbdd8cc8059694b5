"""How many holds a client and a network may have: the only writer of hold_quota.

Those of the last hour count that became no order and were not given back at once. ``used`` only grows,
so a hold costs one statement and an order none; who meets the limit is counted anew, from the holds
themselves. The quota's row is locked meanwhile: two holds at one moment are not both the last.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute
from typing_extensions import override

from ticketing.desk.db import INSERT, Statement, Tx
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.foundation.errors import Refused
from ticketing.inventory.models import Hold, HoldQuota
from ticketing.programme.on_sale import SaleTerms

MOST_AT_ONCE = 64  # quotas in one statement
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


MOST_OF_CLIENT = sa.bindparam("most_client", type_=sa.BigInteger)
MOST_OF_NETWORK = sa.bindparam("most_network", type_=sa.BigInteger)


@cache
def use(dialect: str, count: int) -> Statement:
    """Some more in each quota, where that is within its limit; the answer names those it is."""
    rows: list[dict[str, Any]] = [
        {
            "performance_id": sa.bindparam("performance"), "who": sa.bindparam(f"whose_{n}"),
            "used": sa.bindparam(f"more_{n}"),
        }
        for n in range(count)
    ]  # fmt: skip
    insert = INSERT[dialect](HoldQuota).values(rows)
    used = HoldQuota.used + insert.excluded.used
    most = sa.case((HoldQuota.who.like("network:%"), MOST_OF_NETWORK), else_=MOST_OF_CLIENT)
    return Statement(
        insert.on_conflict_do_update(
            index_elements=[HoldQuota.performance_id, HoldQuota.who],
            set_={"used": used},
            where=used <= most,
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


@dataclass(slots=True)
class Over:
    """Who met a limit: how many more there may be after all, and the seconds until one more may."""

    left: int
    seconds: int


def count_holds(
    tx: Tx, performance_id: str, sale: SaleTerms, holders: Sequence[tuple[str, str]], *, now: int
) -> list[TooManyHolds | None]:
    """Count holds about to be placed, before seats are locked; return for each what forbids it.

    ``holders``: (client, network) of each.
    """
    more = Counter(who for holder in holders for who in holder)
    limits = {client: sale.most_holds_per_client for client, _ in holders}
    limits |= {network: sale.most_holds_per_network for _, network in holders}
    within = counted_in(tx, performance_id, sale, more)
    over = {
        who: count_anew(tx, performance_id, who, count, limits[who], now)
        for who, count in sorted(more.items())
        if who not in within or count > limits[who]
    }
    return [verdict([over[who] for who in holder if who in over]) for holder in holders]


def verdict(met: Sequence[Over]) -> TooManyHolds | None:
    if full := [over for over in met if over.left <= 0]:
        return TooManyHolds(full[0].seconds)
    for over in met:
        over.left -= 1
    return None


def counted_in(tx: Tx, performance_id: str, sale: SaleTerms, more: Mapping[str, int]) -> set[str]:
    """Return whose quotas took it in; all in one order, so that nobody waits in a circle."""
    within: set[str] = set()
    waiting = sorted(more)
    while waiting:
        count = min(1 << len(waiting).bit_length() - 1, MOST_AT_ONCE)
        part, waiting = waiting[:count], waiting[count:]
        named: dict[str, Any] = {}
        for n, who in enumerate(part):
            named |= {f"whose_{n}": who, f"more_{n}": more[who]}
        rows = tx.all(
            use(tx.dialect, count), performance=performance_id,
            most_client=sale.most_holds_per_client, most_network=sale.most_holds_per_network,
            **named,
        )  # fmt: skip
        within |= {who for (who,) in rows}
    return within


def count_anew(tx: Tx, performance_id: str, who: str, more: int, most: int, now: int) -> Over:
    """Count the holds themselves, and store what they are with as many more as there may be."""
    counted = OF_NETWORK if who.startswith("network:") else OF_CLIENT
    row = tx.first(counted, performance=performance_id, who=who, since=now - HOUR)
    assert row
    count, oldest = row
    left = max(most - count, 0)
    tx.run(CORRECT, performance=performance_id, whose=who, count=count + min(left, more))
    return Over(left, ceil(((oldest or now) + HOUR - now) / 1000))
