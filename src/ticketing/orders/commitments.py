"""What an order takes of others' money: the funders' promises and the budget of its code.

Taken when it is agreed, let go when it lapses or its tickets come back, taken again when it is paid late.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.orders.models import OrderLine
from ticketing.orders.promote import give_back, take_again
from ticketing.orders.queries import lines
from ticketing.pricing.funds import promise, release


def by_funder(funded_lines: Iterable[Any]) -> Mapping[str, int]:
    """Return fen by funder of what has funder_id and funded."""
    funded: Counter[str] = Counter()
    for line in funded_lines:
        if line.funder_id and line.funded:
            funded[line.funder_id] += line.funded
    return funded


def let_go_all(tx: Tx, order_id: str, *, now: int) -> None:
    release(tx, by_funder(lines(tx, order_id)))
    give_back(tx, order_id, now=now)


def let_go_some(tx: Tx, line_ids: Iterable[str]) -> None:
    """Let go what funders pay for these lines; a code's discount stays spent until the order ends."""
    mine = OrderLine.id.in_(sorted(line_ids))
    release(tx, by_funder(tx.execute(sa.select(OrderLine.__table__).where(mine))))


def take_once_more(tx: Tx, order_id: str) -> None:
    """Raises FundsSpent, BudgetSpent."""
    promise(tx, by_funder(lines(tx, order_id)))
    take_again(tx, order_id)
