"""From agreed and paid to sold: seats, tickets, books and mail, in one transaction or not at all."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.outbox import post
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import Refused
from ticketing.inventory.claim import SeatsTaken, claim
from ticketing.inventory.reseat import equal_seats
from ticketing.inventory.sell import sell
from ticketing.ledger.post import Books, post_sale
from ticketing.orders import lifecycle as life
from ticketing.orders.commitments import take_once_more
from ticketing.orders.create import CreatedOrder, Priced
from ticketing.orders.queries import priced
from ticketing.programme.on_sale import PerformanceCancelled, terms
from ticketing.tickets.issue import issue
from ticketing.tickets.void import bring_to_life


class OrderClosed(Refused):
    type = "order-closed"
    zh = "这个订单已经付过款，或已取消。"
    en = "This order was already paid for, or was cancelled."


def fulfil(tx: Tx, order: sa.Row[Any] | CreatedOrder, *, late: bool = False, now: int) -> None:
    """Sell the order's own seats: still held, or free again; else equal ones.

    ``late``: it had lapsed. Raises what stands in the way. The lines stay as agreed: a ticket says
    which seat it became.
    """
    performance = terms(tx, order.performance_id)
    if performance.cancelled_at is not None:
        raise PerformanceCancelled()
    if not life.pay(tx, order.id, now=now):
        raise OrderClosed()
    lines, why = priced(tx, order.id), ""
    try:
        with tx.savepoint():
            take(tx, order, performance.plan_id, lines, now)
    except SeatsTaken:
        seats = [line.seat_id for line in lines]
        instead = equal_seats(
            tx, order.performance_id, performance.plan_id, order.hold_id, seats, now=now
        )
        lines = [line._replace(seat_id=instead[line.seat_id]) for line in lines]
        take(tx, order, performance.plan_id, lines, now)
        why = "moved"
    if late:
        take_once_more(tx, order.id)
    hand_over(tx, order, lines, why=why, now=now)


def take(
    tx: Tx, order: sa.Row[Any] | CreatedOrder, plan_id: str, lines: Sequence[Priced], now: int
) -> None:
    claim(
        tx, order.performance_id, plan_id, [line.seat_id for line in lines],
        order.hold_id, until=now + MINUTE, now=now,
    )  # fmt: skip


def hand_over(
    tx: Tx, order: sa.Row[Any] | CreatedOrder, lines: Sequence[Priced], *, why: str = "", now: int
) -> None:
    """Make the seats that are held for a paid order its own, with tickets, books and mail."""
    sell(tx, order.performance_id, order.hold_id, order.id, len(lines), now=now)
    paid, funded = sum(line.paid for line in lines), sum(line.funded for line in lines)
    books = Books(order.performance_id, order.id, order.currency)
    post_sale(tx, paid, funded, books, now=now)
    note(tx, "order.paid", order.id, by="checkout", now=now, paid=paid, funded=funded)
    if order.buyer_email:
        post(tx, "tickets", order.buyer_email, order.lang, now=now, order=order.id, why=why)
    # last: it counts against the approved number, the one row where all sales of a performance meet
    seats = {line.seat_id: line.id for line in lines}
    if order.reserved_at is not None:
        bring_to_life(tx, order.performance_id, seats, now=now)
    else:
        issue(tx, order.performance_id, order.id, seats, now=now)
