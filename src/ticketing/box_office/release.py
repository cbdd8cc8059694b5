"""A no-show's seat is let go, for somebody who stands by: the old ticket is void, its price stays.

The seat is sold anew at the counter, under a new ticket. Whoever comes late with the old one is told so
at the door and is offered another seat.
"""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.clock import say_time
from ticketing.foundation.codes import normalise_short
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.orders.queries import lock
from ticketing.programme.door_rules import lets_seats_go_at
from ticketing.programme.queries import by_id
from ticketing.returns.quote import Waiver, return_quote
from ticketing.returns.return_tickets import chosen_of
from ticketing.returns.revoke import NotReturnable, revoke
from ticketing.tickets.models import RELEASED, Ticket

FORFEIT = Waiver(at_desk=True, forfeit=True)


class TooSoonToRelease(Refused):
    type = "too-soon-to-release"
    zh = "{at} 起才能把没到的座位放给现场候补。"
    en = "Seats of those who did not come are let go from {at} on."


class NotReleasable(Refused):
    type = "not-releasable"
    zh = "这张票已经入场或作废，座位不能放出。"
    en = "Somebody came in on this ticket, or it is void: its seat cannot be let go."


def release_no_show(tx: Tx, performance_id: str, short: str, *, by: str, now: int) -> str:
    """Return the seat. Raises NotFound, TooSoonToRelease, NotReleasable."""
    show = by_id(tx, performance_id)
    if now < (begins := lets_seats_go_at(show)):
        raise TooSoonToRelease(at=say_time(begins, show.zone, "zh", "time"))
    ticket = tx.execute(
        sa.select(Ticket.order_id, Ticket.line_id, Ticket.seat_id).where(
            Ticket.performance_id == performance_id, Ticket.short == number_of(short)
        )
    ).first()
    if ticket is None:
        raise NotFound()
    try:
        quote = return_quote(tx, lock(tx, ticket.order_id), now, FORFEIT)
        parts = chosen_of(quote, [ticket.line_id])
        revoke(tx, quote, parts, RELEASED, by=by, now=now)
    except NotReturnable as why:
        raise NotReleasable() from why
    return str(ticket.seat_id)


def number_of(short: str) -> str:
    try:
        return normalise_short(short)
    except ValueError:
        raise BadInput("short", "票号是 6 位。", "A ticket's number has six signs.") from None
