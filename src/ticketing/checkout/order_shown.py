"""An order as its page shows it: how it stands, and its tickets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret, lines
from ticketing.payments.models import PaymentStatus
from ticketing.payments.queries import of_order, refunds
from ticketing.payments.returned import returned_of
from ticketing.returns.quote import return_quote
from ticketing.seating.queries import plan as read_plan
from ticketing.seating.runs import Run, runs
from ticketing.tickets.evening import Evening, evening
from ticketing.tickets.queries import status_of, tickets_of


class OrderState(StrEnum):
    """What the buyer should know first."""

    AWAITING = "awaiting"
    RESERVED = "reserved"  # awaiting, at the desk
    DECLINED = "declined"  # awaiting, and the last attempt to pay failed
    LAPSED = "lapsed"
    RETURNED = "returned"  # the money, for want of seats
    GIVEN_UP = "given-up"  # by the buyer, before the time was over
    CANCELLED = "cancelled"  # no ticket is left
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class OrderShown:
    """``tickets``: in the order of the plan. ``given_up``: why its lines went back, "" where none did.

    ``returnable``: some may go back now, for ``refundable`` fen. ``seats``: what it is for, by name.
    """

    order: sa.Row[Any]
    night: Evening
    state: OrderState
    tickets: list[sa.Row[Any]]
    refunds: list[sa.Row[Any]]
    given_up: str
    returnable: bool
    refundable: int
    seats: list[Run]

    @property
    def live(self) -> list[sa.Row[Any]]:
        """Return the tickets that are good, or will be once they are paid for."""
        return [ticket for ticket in self.tickets if status_of(ticket) != "void"]

    @property
    def void(self) -> list[sa.Row[Any]]:
        return [ticket for ticket in self.tickets if status_of(ticket) == "void"]

    @property
    def returned(self) -> int:
        """Return the fen that went back."""
        return sum(refund.due for refund in self.refunds)


def order_shown(tx: Tx, secret: str, now: int) -> OrderShown:
    order = by_secret(tx, secret)
    payments = of_order(tx, order.id)
    back = refunds(tx, order.id)
    reasons = [row.reason for row in returned_of(tx, order.id).values()]
    night, quote = evening(tx, order.performance_id), return_quote(tx, order, now)
    return OrderShown(
        order=order,
        night=night,
        state=order_state(order, payments, bool(back), now),
        tickets=tickets_of(tx, order.id),
        refunds=back,
        given_up=reasons[-1] if reasons else "",
        returnable=bool(quote.possible),
        refundable=sum(part.amount for part in quote.possible),
        seats=runs(
            read_plan(tx, night.show.plan_id), (line.seat_id for line in lines(tx, order.id))
        ),
    )


def order_state(
    order: sa.Row[Any], payments: list[sa.Row[Any]], returned: bool, now: int
) -> OrderState:  # fmt: skip
    if order.status == OrderStatus.PAID:
        return OrderState.PAID
    if order.status == OrderStatus.CANCELLED:
        return OrderState.CANCELLED
    if returned:
        return OrderState.RETURNED
    if order.lapsed_at is not None and order.lapsed_at < order.pay_by:
        return OrderState.GIVEN_UP
    if order.status != OrderStatus.AWAITING_PAYMENT or order.pay_by <= now:
        return OrderState.LAPSED
    if order.reserved_at is not None:
        return OrderState.RESERVED
    failed = payments and payments[-1].status == PaymentStatus.DECLINED
    return OrderState.DECLINED if failed else OrderState.AWAITING
