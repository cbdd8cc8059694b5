"""Guards of the money elsewhere, taken away one at a time: see ``faults``."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from simulation.line import Line
from ticketing import caretaker
from ticketing.checkout import lapse
from ticketing.checkout.confirm import confirm
from ticketing.desk.db import Tx
from ticketing.orders.queries import by_id
from ticketing.payments.page import opened
from ticketing.payments.provider import NoAnswer, NotAccepted, Page, RefundRequest, RefundState
from ticketing.payments.queries import by_id as payment_by_id
from ticketing.processing import apply_event as settle
from ticketing.processing import conversation as providers
from ticketing.processing import disputes as money_gone
from ticketing.processing import reconcile
from ticketing.returns import refund as give_back


def in_time(tx: Tx, payment_id: str, amount: int, currency: str, *, now: int) -> None:
    if by_id(tx, payment_by_id(tx, payment_id).order_id).pay_by > now:
        confirm(tx, payment_id, amount, currency, now=now)


def as_agreed(tx: Tx, payment_id: str, _amount: int, _currency: str, *, now: int) -> None:
    payment = payment_by_id(tx, payment_id)
    confirm(tx, payment_id, payment.amount, payment.currency, now=now)


def stored_whatever(tx: Tx, payment_id: str, page: Page, *, now: int) -> bool:
    opened(tx, payment_id, page, now=now)
    return True


async def asked_again(line: Line, owed: RefundRequest) -> RefundState:
    return line.ask(line.till.refund, owed).given


async def learnt_nothing(*_: object) -> None:
    """Stand in for a look at a charge."""


TILL_FAULTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "seats are let go while their page can be paid": lambda: patch.object(
        lapse, "unpaid_pages", lambda *_: []
    ),
    "what is paid when the time is over is ignored": lambda: patch.object(
        settle, "confirm", in_time
    ),
    "whatever sum came is right": lambda: patch.object(settle, "confirm", as_agreed),
    "a page is handed out when its order is over": lambda: patch.object(
        providers, "store_page", stored_whatever
    ),
    "no answer is taken for a no": lambda: patch.object(
        providers, "NotAccepted", (NotAccepted, NoAnswer)
    ),
    "nobody looks whether it was given back before": lambda: patch.object(
        Line, "give_back", asked_again
    ),
    "nobody asks for what no event told": lambda: patch.object(caretaker, "unseen", lambda *_: []),
    "nobody looks at what is different": lambda: patch.object(
        reconcile, "look_for_trouble", learnt_nothing
    ),
    "money that bought nothing takes the tickets with it": lambda: patch.object(
        money_gone, "bought_them", lambda *_: True
    ),
    "what a bank took is paid out by hand as well": lambda: patch.object(
        give_back, "too_much", lambda *_: 0
    ),
    "a cancelled performance keeps its money": lambda: patch.object(
        caretaker, "to_pay_back", lambda *_: []
    ),
}
