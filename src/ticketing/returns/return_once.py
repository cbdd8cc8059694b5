"""A return done once under an Idempotency-Key, and what its buyer's program is told of it."""

from typing import cast

from typing_extensions import TypedDict

from ticketing.desk.db import Tx
from ticketing.desk.idempotency import Key, fingerprint, once
from ticketing.foundation.money import Amount, amount
from ticketing.foundation.words import Words
from ticketing.returns.quote import ReturnQuote
from ticketing.returns.return_tickets import return_tickets


class ReturnedAnswer(TypedDict):
    """A ticket: ``paid`` = ``refund`` + ``fee``."""

    line: str
    seat: str
    paid: Amount
    fee: Amount
    refund: Amount


class ReturnAnswer(TypedDict):
    """``refund`` comes back, ``fee`` stays. ``free``: why there is no fee now, where that is so,
    in both languages.
    """

    order: str
    refund: Amount
    fee: Amount
    free: Words | None
    lines: list[ReturnedAnswer]


def return_once(
    tx: Tx, wish: tuple[str, list[str], int | None, str | None], key: str | None, *, now: int
) -> ReturnAnswer:
    """``wish``: the order's secret, the chosen lines, the sum that was shown and its currency."""

    def act(tx: Tx, *, now: int) -> ReturnAnswer:
        return said(return_tickets(tx, *wish, by="buyer", now=now))

    sent = Key("public", key, fingerprint("return", wish)) if key else None
    return cast(ReturnAnswer, once(tx, sent, act, now=now))


def said(quote: ReturnQuote) -> ReturnAnswer:
    coin = quote.order.currency
    return {
        "order": quote.order.number,
        "refund": amount(sum(part.amount for part in quote.parts), coin),
        "fee": amount(sum(part.fee for part in quote.parts), coin),
        "free": quote.free.reason if quote.free else None,
        "lines": [
            {
                "line": part.ticket.line_id,
                "seat": part.ticket.seat_id,
                "paid": amount(part.ticket.paid, coin),
                "fee": amount(part.fee, coin),
                "refund": amount(part.amount, coin),
            }
            for part in quote.parts
        ],
    }
