"""Returns, as JSON: what would come back, and doing it."""

from typing import Annotated

import msgspec
from litestar import Response, post
from litestar.openapi.spec import Example
from litestar.params import Body, HeaderParameter, PathParameter, QueryParameter

from ticketing.foundation.money import Amount
from ticketing.returns.return_once import ReturnAnswer, return_once, said
from ticketing.returns.return_tickets import quote_return
from ticketing.web.fast.raw_response import fresh
from ticketing.web.problems import problems
from ticketing.web.request import Request, money_is_a_number
from ticketing.web.routers import public_api


class ReturnWish(msgspec.Struct, forbid_unknown_fields=True):
    """``lines``: ids of lines, or of their seats; none: all that can go back.

    ``expected``: what the quote said comes back; another sum is a refusal.
    """

    lines: list[str] = []
    expected: Amount | None = None
    dry_run: bool = False


EXAMPLE = {"lines": ["6176ada3-20bb-53e2-99b8-2977cbd1ca9e"]}


@post(
    "/api/orders/{secret:str}/refunds",
    status_code=201,
    responses=problems(400, 404, 409, 413, 422, 503),
)
async def return_order(
    request: Request,
    secret: Annotated[str, PathParameter(description="The secret of the order's link.")],
    data: Annotated[ReturnWish, Body(examples=[Example(value=EXAMPLE)])],
    dry_run: Annotated[
        bool, QueryParameter(description="Only quote; the body may say so too.")
    ] = False,
    key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", max_length=200)] = None,
) -> Response[ReturnAnswer]:
    """Return tickets; their seats are for sale again. A dry run answers 200 and changes nothing."""
    await money_is_a_number(request, "expected")
    desk = request.desk
    if dry_run or data.dry_run:
        now = request.now
        return fresh(said(await desk.read(quote_return, secret, data.lines, now)), 200)
    shown = (data.expected["amount"], data.expected["currency"]) if data.expected else (None, None)
    wish = (secret, data.lines, *shown)
    return fresh(await desk.write(return_once, wish, key), 201)


handlers = [public_api(return_order)]
