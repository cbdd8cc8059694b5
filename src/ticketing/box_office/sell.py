"""A sale to somebody who stands here: held, agreed, paid in cash and ticketed, or nothing at all."""

from dataclasses import dataclass

from ticketing.box_office.cash import note_taken
from ticketing.checkout.fulfil import fulfil
from ticketing.checkout.place import Wish, place
from ticketing.desk.db import Tx
from ticketing.desk.idempotency import Key, fingerprint, once
from ticketing.inventory.hold import hold
from ticketing.ledger.drawer import drawer_of
from ticketing.ledger.post import Books, post_payment
from ticketing.orders.create import Buyer
from ticketing.orders.models import Channel
from ticketing.payments.gateway import Gateway
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.known import account_of
from ticketing.payments.payment import succeed

MINUTES = 1  # the hold lives within one transaction


@dataclass(frozen=True, slots=True)
class CounterSale:
    """``types``: ticket type by seat; ``expected``: the total that was said, ``given``: the cash, in fen."""

    performance_id: str
    types: dict[str, str]
    buyer: Buyer
    expected: int
    lang: str
    gateway: Gateway = COUNTER
    given: int | None = None


def sell(tx: Tx, sale: CounterSale, *, by: str, now: int) -> str:
    """Return the order's number; raises whatever refuses a hold, an order or its tickets."""
    held = hold(
        tx, sale.performance_id, list(sale.types), by=by, now=now, minutes=MINUTES, at_desk=True
    )
    wish = Wish(
        held.token, sale.buyer, sale.types, sale.gateway, sale.expected, sale.lang,
        Channel.BOX_OFFICE,
    )  # fmt: skip
    placed = place(tx, wish, by=by, now=now, minutes=MINUTES)
    order = placed.order
    if placed.payment_id:
        succeed(tx, placed.payment_id, now=now)
        books = Books(sale.performance_id, order.id, order.currency, drawer_of(tx, by))
        post_payment(
            tx, placed.payment_id, account_of(sale.gateway.key), order.total, books, now=now
        )
        note_taken(tx, order, sale.gateway, sale.given, by=by, now=now)
        fulfil(tx, order, now=now)
    return order.number


def sell_once(tx: Tx, sale: CounterSale, key: str, *, by: str, now: int) -> str:
    """Sell; asked again with the same key, by a second click, return the same order's number."""
    print_ = fingerprint("counter", sale.performance_id, sale.types, sale.expected)
    return str(once(tx, Key(by, key, print_), sell, sale, by=by, now=now))
