"""Give tickets back at the office: some of an order or all of it, by the ladder or in full; asked before it is done.

They are void, their seats free, the books turned; cash is handed out of the drawer of whoever does it.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from typing_extensions import override

from ticketing.admission.queries import came_in
from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.ledger.drawer import has_drawer
from ticketing.orders.queries import by_number, lock
from ticketing.payments.gateway import Gateway
from ticketing.payments.known import known
from ticketing.returns.quote import ReturnQuote, Waiver, Why, kept_payment, return_quote
from ticketing.returns.return_tickets import chosen_of, do_return
from ticketing.returns.revoke import NotReturnable

IN_FULL = Waiver(waive=True, at_desk=True)
BY_THE_LADDER = Waiver(at_desk=True)


class NotCancellable(Refused):
    """``zh_why``, ``en_why``: of NotReturnable."""

    type = "not-cancellable"
    zh = "不能退：{zh_why}"
    en = "It cannot go back: {en_why}"

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {}


def ask_cancel(
    tx: Tx, number: str, lines: Collection[str], waiver: Waiver, by: str, now: int
) -> tuple[ReturnQuote, Gateway | None, bool]:
    """Return what would come back of the lines, all where none is named; how it was paid; and whether who
    asks has a drawer open. NotFound, NotCancellable."""
    order = by_number(tx, number)
    quote = return_quote(tx, order, now, waiver)
    try:
        parts = chosen_of(quote, lines or whole(tx, order.id, quote))
    except NotReturnable as why:
        raise NotCancellable(**why.fields) from why
    payment = kept_payment(tx, order.id)
    return (
        replace(quote, parts=parts),
        known(payment.gateway) if payment else None,
        has_drawer(tx, by),
    )


def cancel_order(
    tx: Tx, number: str, lines: Collection[str] = (), waiver: Waiver = IN_FULL,
    expected: int | None = None, *, by: str, now: int,
) -> None:  # fmt: skip
    """``lines``: of the tickets that go back, the whole order where none is named; ``expected``: the sum that
    was shown, in fen. Harmless when repeated: the second time they are void. NotCancellable, RefundChanged.
    """
    order = lock(tx, by_number(tx, number).id)
    reason = "returned" if lines else "cancelled"
    try:
        chosen = lines or whole(tx, order.id, return_quote(tx, order, now, waiver))
        do_return(tx, order, chosen, waiver, reason, expected, by=by, now=now)
    except NotReturnable as why:
        raise NotCancellable(**why.fields) from why


def whole(tx: Tx, order_id: str, quote: ReturnQuote) -> list[str]:
    """Return the lines of all that lives: an order goes as one, and not once somebody has come in."""
    if came_in(tx, order_id):
        raise NotReturnable(Why.CAME_IN)
    living = [part for part in quote.parts if part.why is not Why.VOID]
    if not living:
        raise NotReturnable(quote.parts[0].why or Why.VOID if quote.parts else Why.NOT_PAID)
    return [part.ticket.line_id for part in living]
