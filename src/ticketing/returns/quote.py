"""What a return would give back, ticket by ticket: asked before it is done, and again when it is."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from ticketing.admission.queries import came_in
from ticketing.desk.db import Tx
from ticketing.orders.models import OrderStatus
from ticketing.payments.balance import balance
from ticketing.payments.dispute import disputed
from ticketing.payments.known import known
from ticketing.payments.models import PaymentStatus
from ticketing.payments.queries import of_order, refunds
from ticketing.pricing.free_returns import free_return
from ticketing.pricing.ladder import Step, given_back, steps
from ticketing.programme.queries import by_id as performance_by_id
from ticketing.tickets.queries import tickets_of

ALL = 100  # percent: nothing comes back


class Why(Enum):
    """Why a ticket cannot be returned here, in both languages."""

    VOID = ("这张票已经退了。", "This ticket was returned already.")
    CAME_IN = ("这张票已经入场。", "This ticket has been used at the door.")
    TOO_LATE = ("已过退票时间。", "It is too late for a return.")
    DISPUTED = (
        "这笔付款正在银行争议处理中，有了结果才能退。",
        "The bank is looking into this payment: a return has to wait for its answer.",
    )
    AT_THE_DESK = (
        "这是在柜台付的款，请到柜台退。",
        "This was paid for at the desk: please return it there.",
    )
    NOT_PAID = ("这个订单没有付款。", "This order was not paid for.")

    def sentence(self, lang: str) -> str:
        return self.value[lang == "en"]


@dataclass(frozen=True, slots=True)
class Part:
    """A ticket; in fen ``amount`` would come back, ``fee`` stay, and ``before`` went back already,
    without anybody asking us. ``why``: it cannot be.
    """

    ticket: sa.Row[Any]
    amount: int
    fee: int
    before: int
    why: Why | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """What of the ladder does not count: ``waive``, the house asks no fee; ``cancelled``, there was no
    performance; ``forfeit``, the seat goes to another and nothing comes back. ``at_desk``: cash can be
    handed back.
    """

    waive: bool = False
    cancelled: bool = False
    at_desk: bool = False
    forfeit: bool = False


@dataclass(frozen=True, slots=True)
class ReturnQuote:
    """``step``: of the ladder, now; ``free``: the window without a fee that is open, if one is."""

    order: sa.Row[Any]
    show: sa.Row[Any]
    parts: list[Part]
    step: Step | None
    free: sa.Row[Any] | None
    waiver: Waiver

    @property
    def possible(self) -> list[Part]:
        return [part for part in self.parts if part.why is None]


BY_THE_LADDER = Waiver()


def return_quote(
    tx: Tx, order: sa.Row[Any], now: int, waiver: Waiver = BY_THE_LADDER
) -> ReturnQuote:  # fmt: skip
    show = performance_by_id(tx, order.performance_id)
    free = free_return(tx, show.id, order.placed_at, now)
    step = next((each for each in steps(order.terms, show.starts_at) if now < each.until), None)
    waived = free or waiver.waive or waiver.cancelled
    percent = 0 if waived else step.fee_percent if step else ALL
    if waiver.forfeit:
        waived, percent = True, ALL
    over = now >= show.starts_at and not waived
    parts = list(parts_of(tx, order, waiver, percent, over))
    return ReturnQuote(order, show, parts, step, free, waiver)


def parts_of(
    tx: Tx, order: sa.Row[Any], waiver: Waiver, percent: int, over: bool
) -> Iterator[Part]:
    """Never more comes back than is left of the payment."""
    inside: Container[str] = () if waiver.cancelled else came_in(tx, order.id)
    payment = kept_payment(tx, order.id)
    whole = why_none(tx, order, payment, waiver)
    rest = max(balance(tx, payment), 0) if payment is not None else 0
    for ticket in tickets_of(tx, order.id):
        late = over or (percent == ALL and ticket.paid > 0 and not waiver.forfeit)
        why = Why.CAME_IN if ticket.id in inside else Why.TOO_LATE if late else None
        why = Why.VOID if ticket.voided_at is not None else whole or why
        back = given_back(ticket.paid, percent)
        amount = min(back, rest) if why is None else back
        rest -= amount if why is None else 0
        yield Part(ticket, amount, ticket.paid - back, back - amount, why)


def why_none(tx: Tx, order: sa.Row[Any], kept: sa.Row[Any] | None, waiver: Waiver) -> Why | None:
    """Return what stands in the way of the whole order, which the payment ``kept`` bought."""
    if order.status != OrderStatus.PAID:
        return Why.NOT_PAID if order.paid_at is None else Why.VOID
    if disputed(tx, order.id):
        return Why.DISPUTED
    cash = kept is not None and known(kept.gateway).at_desk
    return Why.AT_THE_DESK if cash and not waiver.at_desk and not waiver.cancelled else None


def kept_payment(tx: Tx, order_id: str) -> sa.Row[Any] | None:
    """Return the payment that bought the tickets: another that came in went back whole."""
    gone = {row.payment_id for row in refunds(tx, order_id) if row.reason == "not_fulfilled"}
    return next(
        (
            row for row in of_order(tx, order_id)
            if row.status == PaymentStatus.SUCCEEDED and row.amount and row.id not in gone
        ),
        None,
    )  # fmt: skip
