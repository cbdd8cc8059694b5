"""An order placed once under an Idempotency-Key, and what its buyer's program is told of it."""

from typing import NotRequired, cast

from typing_extensions import TypedDict

from ticketing.checkout.place import Placed, Wish, place
from ticketing.desk.db import Tx
from ticketing.desk.idempotency import Key, once
from ticketing.foundation.money import Amount, amount
from ticketing.payments.gateway import Gateway, pay_path


class PaymentAnswer(TypedDict):
    """``url``: the page where the buyer pays."""

    url: str


class OrderAnswer(TypedDict):
    """``secret`` opens the order's page; ``payment`` is there when something is to be paid."""

    number: str
    secret: str
    status: str
    total: Amount
    payment: NotRequired[PaymentAnswer]


def place_once(
    tx: Tx, wish: Wish, key: str | None, print_: str,
    *, by: str, now: int, minutes: int, base_url: str,
) -> OrderAnswer:  # fmt: skip
    """Place the order, or answer what was answered before under this ``key``; ``print_``: of the request.

    Raises KeyReused and what ``place`` raises.
    """

    def act(tx: Tx, *, now: int) -> OrderAnswer:
        return say(place(tx, wish, by=by, now=now, minutes=minutes), wish.gateway, base_url)

    sent = Key("public", key, print_) if key else None
    return cast(OrderAnswer, once(tx, sent, act, now=now))


def say(placed: Placed, gateway: Gateway, base_url: str) -> OrderAnswer:
    order = placed.order
    answer: OrderAnswer = {
        "number": order.number,
        "secret": order.secret,
        "status": "awaiting_payment" if placed.payment_id else "paid",
        "total": amount(order.total, order.currency),
    }
    if placed.payment_id:
        path = pay_path(placed.payment_id, gateway)
        answer["payment"] = {"url": base_url + (path or f"/orders/{order.secret}")}
    return answer
