"""Return tickets: some or all of an order, by the ladder that was agreed, or as the house decides."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.outbox import post
from ticketing.foundation.errors import BadInput, Refused
from ticketing.orders.currency import OtherCurrency
from ticketing.orders.queries import by_secret, lock
from ticketing.pricing.companions import require_places
from ticketing.returns.quote import (
    BY_THE_LADDER,
    Part,
    ReturnQuote,
    Waiver,
    Why,
    return_quote,
)
from ticketing.returns.revoke import NotReturnable, revoke


class RefundChanged(Refused):
    """``amount``: what would come back now, in fen."""

    type = "refund-changed"
    zh = "退款金额变了，请重新确认。还没有退票。"
    en = "What would come back has changed: please confirm again. Nothing was returned."


def quote_return(tx: Tx, secret: str, chosen: Collection[str], now: int) -> ReturnQuote:
    """Return the quote of the chosen lines, of all that can go back where none is named."""
    quote = return_quote(tx, by_secret(tx, secret), now)
    return replace(quote, parts=chosen_of(quote, chosen))


def return_tickets(
    tx: Tx, secret: str, chosen: Collection[str], expected: int | None, currency: str | None = None,
    *, by: str, now: int,
) -> ReturnQuote:  # fmt: skip
    """Do what was quoted; ``expected``: the sum that was shown, in fen, in this ``currency`` if it was said."""
    order = lock(tx, by_secret(tx, secret).id)
    if currency not in (None, order.currency):
        raise OtherCurrency(currency=order.currency)
    return do_return(tx, order, chosen, BY_THE_LADDER, "returned", expected, by=by, now=now)


def do_return(
    tx: Tx, order: sa.Row[Any], chosen: Collection[str], waiver: Waiver, reason: str,
    expected: int | None = None, *, by: str, now: int,
) -> ReturnQuote:  # fmt: skip
    """``order`` is locked."""
    quote = return_quote(tx, order, now, waiver)
    parts = chosen_of(quote, chosen)
    amount = sum(part.amount for part in parts)
    if expected is not None and expected != amount:
        raise RefundChanged(amount=amount)
    if waiver is BY_THE_LADDER:  # the house may do as it sees fit
        staying = [part.ticket for part in quote.parts if part not in parts]
        live = {row.seat_id: row.ticket_type for row in staying if row.voided_at is None}
        require_places(tx, order.performance_id, live)
    revoke(tx, quote, parts, reason, by=by, now=now)
    if order.buyer_email:
        post(
            tx, "returned", order.buyer_email, order.lang, now=now, order=order.id, why=reason,
            amount=amount,
        )  # fmt: skip
    return replace(quote, parts=parts)


def chosen_of(quote: ReturnQuote, chosen: Collection[str]) -> list[Part]:
    """``chosen``: ids of lines, or of their seats; NotReturnable says why one of them cannot be."""
    found = (
        [part for part in quote.parts if names(part) & set(chosen)] if chosen else quote.possible
    )
    if set(chosen) - set[str]().union(*map(names, found)):
        raise BadInput("lines", "这个订单里没有这张票。", "There is no such ticket in this order.")
    why = [part.why for part in found or quote.parts if part.why is not None]
    if why or not found:  # an order that was never paid has no ticket
        raise NotReturnable(why[0] if why else Why.NOT_PAID)
    return found


def names(part: Part) -> set[str]:
    return {part.ticket.line_id, part.ticket.seat_id}
