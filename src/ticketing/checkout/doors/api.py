"""Orders, as JSON."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.openapi.spec import Example
from litestar.params import Body, HeaderParameter, PathParameter
from typing_extensions import TypedDict

from ticketing.checkout.codes import try_code
from ticketing.checkout.doors.payment_methods import chosen
from ticketing.checkout.order_view import OrderView, order_view
from ticketing.checkout.place import Wish
from ticketing.checkout.place_once import OrderAnswer, place_once
from ticketing.desk.idempotency import fingerprint
from ticketing.foundation.errors import BadInput
from ticketing.foundation.money import Amount
from ticketing.foundation.typed_text import clean_text
from ticketing.letters.resend import send_tickets_again
from ticketing.orders.buyer import buyer
from ticketing.web.fast.raw_response import fresh
from ticketing.web.network import network_of
from ticketing.web.problems import problems
from ticketing.web.request import Request, money_is_a_number
from ticketing.web.routers import public_api

Secret = Annotated[str, PathParameter(description="The secret of the order's link.")]
NO_STORE = {"cache-control": "no-store"}


class BuyerWish(msgspec.Struct, forbid_unknown_fields=True):
    """A phone number or a mail address is enough."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


class LineWish(msgspec.Struct, forbid_unknown_fields=True):
    seat: str
    ticket_type: str


class OrderWish(msgspec.Struct, forbid_unknown_fields=True):
    """``expected_total`` is what the buyer was shown: another price is a refusal, never a charge.

    ``code``: of a promotion.
    """

    hold: str
    buyer: BuyerWish
    lines: list[LineWish]
    gateway: str
    expected_total: Amount | None = None
    code: str = ""


class SentAgain(TypedDict):
    sent_to: str


EXAMPLE = {
    "hold": "inmf54hl3zqbqv7xdiwjbio3gspijnum",
    "buyer": {"email": "chen@example.com"},
    "lines": [{"seat": "6176ada3-20bb-53e2-99b8-2977cbd1ca9e", "ticket_type": "funded"}],
    "gateway": "play",
    "expected_total": {"amount": 6000, "currency": "CNY"},
}


@post("/api/orders", status_code=201, responses=problems(400, 404, 409, 413, 422, 429, 503))
async def place_order(
    request: Request,
    data: Annotated[OrderWish, Body(examples=[Example(value=EXAMPLE)])],
    key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", max_length=200)] = None,
) -> Response[OrderAnswer]:
    """Order the seats of a hold. Sent again with the same key, it answers the same."""
    await money_is_a_number(request, "expected_total")
    wish = checked(request, data)
    if wish.code:
        await try_code(request.desk, wish.token, wish.code, network_of(request), request.now)
    answer = await request.desk.write(
        place_once, wish, key, fingerprint("POST /api/orders", msgspec.to_builtins(data)),
        by=network_of(request), minutes=request.settings.hold_minutes,
        base_url=request.settings.base_url,
    )  # fmt: skip
    return fresh(answer, 201)


@get("/api/orders/{secret:str}", responses=problems(404))
async def show_order(request: Request, secret: Secret) -> Response[OrderView]:
    """The order with its lines, payments, refunds and tickets."""
    view = await request.desk.read(order_view, secret, request.settings.base_url)
    return Response(view, headers=NO_STORE)


@post("/api/orders/{secret:str}/mails", status_code=202, responses=problems(404, 409, 429))
async def send_again(request: Request, secret: Secret) -> Response[SentAgain]:
    """Send the tickets again, to the address of the order, of which a part is told."""
    to = await request.desk.write(send_tickets_again, secret)
    return Response({"sent_to": to}, status_code=202, headers=NO_STORE)


def checked(request: Request, data: OrderWish) -> Wish:
    seats = [line.seat for line in data.lines]
    if len(set(seats)) != len(seats):
        raise BadInput("lines", "同一个座位写了两次。", "A seat is named twice.")
    expected = data.expected_total
    if expected is not None and expected["amount"] < 0:
        raise BadInput("expected_total", "金额不能是负数。", "The total cannot be negative.")
    return Wish(
        token=data.hold,
        buyer=buyer(msgspec.to_builtins(data.buyer)),
        types={line.seat: line.ticket_type for line in data.lines},
        gateway=chosen(request, data.gateway),
        expected=expected["amount"] if expected else None,
        currency=expected["currency"] if expected else None,
        lang=request.lang,
        code=clean_text(data.code, "code", 40),
    )


handlers = [public_api(place_order, show_order, send_again)]
