"""Take tickets back: void, their seats free again once, the books turned, the money owed back.

One act for every reason: a buyer's return, a cancelled order or performance, money that a provider
took back.
"""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from ticketing.admission.queries import came_in
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id
from ticketing.foundation.errors import Refused
from ticketing.inventory import claim
from ticketing.ledger.post import Books, Returned, post_return
from ticketing.orders import lifecycle as life
from ticketing.orders.commitments import let_go_some
from ticketing.orders.promote import give_back
from ticketing.payments.returned import Given, give_up
from ticketing.programme.played import played
from ticketing.returns.quote import Part, ReturnQuote, Why, kept_payment
from ticketing.returns.refund import return_money
from ticketing.tickets.void import void


class NotReturnable(Refused):
    type = "not-refundable"
    zh = "{zh_why}"
    en = "{en_why}"

    def __init__(self, why: Why) -> None:
        zh, en = why.value
        super().__init__(zh_why=zh, en_why=en)

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {}


def revoke(
    tx: Tx, quote: ReturnQuote, parts: Sequence[Part], reason: str,
    *, gone: int | None = None, by: str, now: int,
) -> None:  # fmt: skip
    """The order is locked. ``gone``: so much went back for them already, in fen, and no more is owed."""
    order, again_at = quote.order, quote.show.returns_sold_at or 0
    claim.take_back(
        tx, order.performance_id, order.id, [part.ticket.seat_id for part in parts],
        until=again_at if again_at > now else 0, now=now,
    )  # fmt: skip
    lines = [part.ticket.line_id for part in parts]
    ends = not [part for part in quote.parts if part.ticket.voided_at is None and part not in parts]
    let_go_some(tx, lines)  # others' money is locked before the headcount, as in a sale
    if ends:
        give_back(tx, order.id, now=now)
    void(tx, order.performance_id, lines, reason, by=by, now=now)
    if not quote.waiver.cancelled and came_in(tx, order.id) & {part.ticket.id for part in parts}:
        raise NotReturnable(Why.CAME_IN)  # while we asked
    amount, fee = sum(part.amount for part in parts), sum(part.fee for part in parts)
    before = sum(part.before for part in parts)
    paid = amount + before + fee
    books = Books(order.performance_id, order.id, order.currency)
    payment, refund_id = kept_payment(tx, order.id), None
    if amount and gone is None:
        assert payment is not None
        refund_id = return_money(
            tx, payment, amount, books, reason, by_hand=not quote.waiver.at_desk, by=by, now=now
        )
    funded = sum(part.ticket.funded for part in parts)
    recovered = before if gone is None else max(paid - gone, 0)
    what = Returned(paid, funded, fee, recovered, played(quote.show, now))
    post_return(tx, refund_id or new_id(now), what, books, now=now)
    given = [Given(part.ticket.line_id, part.amount + part.before, part.fee) for part in parts]
    give_up(tx, order.id, refund_id, given, reason, by=by, now=now)
    if ends:
        life.cancel(tx, order.id, now=now)
    note(
        tx, f"order.{reason}", order.id, by=by, now=now, amount=amount, fee=fee, count=len(parts)
    )  # fmt: skip
