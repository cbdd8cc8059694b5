"""From agreed and paid to sold: seats, tickets, books and mail, in one transaction or not at all."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.clock import MINUTE
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import Refused
from ticketing.foundation.outbox import post
from ticketing.inventory.claim import claim
from ticketing.inventory.sell import sell
from ticketing.ledger.post import Books, post_sale
from ticketing.orders import life
from ticketing.orders.agree import Agreed, Priced
from ticketing.orders.queries import priced
from ticketing.programme.on_sale import PerformanceCancelled, terms
from ticketing.tickets.issue import issue


class OrderClosed(Refused):
    type = "order-closed"
    zh = "这个订单已经付过款，或已取消。"
    en = "This order was already paid for, or was cancelled."


def fulfil(tx: Tx, order: sa.Row[Any] | Agreed, *, now: int) -> None:
    """Sell the order's own seats: still held, or free again. Raises what stands in the way."""
    performance = terms(tx, order.performance_id)
    if performance.cancelled_at is not None:
        raise PerformanceCancelled()
    if not life.pay(tx, order.id, now=now):
        raise OrderClosed()
    lines = priced(tx, order.id)
    claim(
        tx, order.performance_id, performance.plan_id, [line.seat_id for line in lines],
        order.hold_id, until=now + MINUTE, now=now,
    )  # fmt: skip
    hand_over(tx, order, lines, now=now)


def hand_over(tx: Tx, order: sa.Row[Any] | Agreed, lines: Sequence[Priced], *, now: int) -> None:
    """Make the seats that are held for a paid order its own, with tickets, books and mail."""
    sell(tx, order.performance_id, order.hold_id, order.id, len(lines), now=now)
    paid, funded = sum(line.paid for line in lines), sum(line.funded for line in lines)
    books = Books(order.performance_id, order.id, order.currency)
    post_sale(tx, paid, funded, books, now=now)
    note(tx, "order.paid", order.id, by="checkout", now=now, paid=paid, funded=funded)
    if order.buyer_email:
        post(tx, "tickets", order.buyer_email, order.lang, now=now, order=order.id)
    # last: it counts against the approved number, the one row where all sales of a performance meet
    issue(tx, order.performance_id, order.id, {line.seat_id: line.id for line in lines}, now=now)
