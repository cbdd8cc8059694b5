"""Returns, as JSON: what would come back, and doing it."""

from typing import Annotated, Any, cast

import msgspec
from litestar import Request, Response, post
from litestar.openapi.spec import Example
from litestar.params import Body, HeaderParameter, PathParameter, QueryParameter
from typing_extensions import TypedDict

from ticketing.checkout.return_quote import ReturnQuote
from ticketing.checkout.return_tickets import quote_return, return_tickets
from ticketing.foundation.db import Tx
from ticketing.foundation.guards import public
from ticketing.foundation.idempotency import Key, fingerprint, once
from ticketing.foundation.money import Amount, amount
from ticketing.foundation.problems import problems
from ticketing.foundation.ready import fresh
from ticketing.foundation.web import money_is_a_number
from ticketing.foundation.words import Words


class ReturnWish(msgspec.Struct, forbid_unknown_fields=True):
    """``lines``: ids of lines, or of their seats; none: all that can go back.

    ``expected``: what the quote said comes back; another sum is a refusal.
    """

    lines: list[str] = []
    expected: Amount | None = None
    dry_run: bool = False


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


EXAMPLE = {"lines": ["6176ada3-20bb-53e2-99b8-2977cbd1ca9e"]}


@post(
    "/api/orders/{secret:str}/refunds",
    opt=public,
    status_code=201,
    responses=problems(400, 404, 409, 413, 422, 503),
)
async def return_order(
    request: Request[Any, Any, Any],
    secret: Annotated[str, PathParameter(description="The secret of the order's link.")],
    data: Annotated[ReturnWish, Body(examples=[Example(value=EXAMPLE)])],
    dry_run: Annotated[
        bool, QueryParameter(description="Only quote; the body may say so too.")
    ] = False,
    key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", max_length=200)] = None,
) -> Response[ReturnAnswer]:
    """Return tickets; their seats are for sale again. A dry run answers 200 and changes nothing."""
    await money_is_a_number(request, "expected")
    desk = request.app.state.desk
    if dry_run or data.dry_run:
        now = request.app.state.clock.now()
        return fresh(say(await desk.read(quote_return, secret, data.lines, now)), 200)
    shown = (data.expected["amount"], data.expected["currency"]) if data.expected else (None, None)
    wish = (secret, data.lines, *shown)
    return fresh(await desk.write(return_once, wish, key), 201)


def return_once(
    tx: Tx, wish: tuple[str, list[str], int | None, str | None], key: str | None, *, now: int
) -> ReturnAnswer:
    """``wish``: the order's secret, the chosen lines, the sum that was shown and its currency."""

    def act(tx: Tx, *, now: int) -> ReturnAnswer:
        return say(return_tickets(tx, *wish, by="buyer", now=now))

    sent = Key("public", key, fingerprint("return", wish)) if key else None
    return cast(ReturnAnswer, once(tx, sent, act, now=now))


def say(quote: ReturnQuote) -> ReturnAnswer:
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


handlers = [return_order]
