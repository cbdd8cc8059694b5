"""What nobody was told when it happened, and the database says when all is over."""

import sqlalchemy as sa

from simulation.acts import Acts
from simulation.linear import NEVER, Op
from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest
from ticketing.orders.models import Order, OrderLine
from ticketing.payments.models import ReturnedLine
from ticketing.tickets.models import Ticket

SOLD = (  # for each seat as ordered: which it became
    sa.select(Order.hold_id, OrderLine.seat_id, Ticket.seat_id)
    .join_from(OrderLine, Order, Order.id == OrderLine.order_id)
    .join(Ticket, Ticket.line_id == OrderLine.id)
)
LAPSED = (
    sa.select(Order.hold_id, OrderLine.seat_id, Order.lapsed_at)
    .join_from(OrderLine, Order, Order.id == OrderLine.order_id)
    .where(Order.lapsed_at.is_not(None))
)
BACK = (  # which seats came back without anybody asking for it
    sa.select(Order.hold_id, Ticket.seat_id, ReturnedLine.returned_at)
    .join_from(ReturnedLine, Order, Order.id == ReturnedLine.order_id)
    .join(Ticket, Ticket.line_id == ReturnedLine.line_id)
    .where(ReturnedLine.reason.not_in(["returned", "cancelled"]))
)


def whole_history(tx: Tx, acts: Acts) -> list[Op]:
    """Return what was told, about the seats that tickets are for; what was sold and let go unseen."""
    token = {digest(each): each for each in acts.began}
    became = {
        (token[hold], ordered): seat
        for hold, ordered, seat in tx.execute(SOLD)
        if hold in token  # one of ours: another process has its own
    }
    told = [
        op._replace(seat=became.get((op.who, op.seat), op.seat))
        if op.kind in ("sell", "cancel")
        else op
        for op in acts.history
    ]
    sold = [
        Op(seat, "sell", who, acts.began[who], NEVER)
        for (who, _), seat in became.items()
        if who not in acts.bought
    ]
    let_go = [
        Op(seat, "release", token[hold], at, NEVER, ok=None)
        for hold, seat, at in tx.execute(LAPSED)
        if hold in token
    ]
    back = [
        Op(seat, "cancel", token[hold], at, NEVER, ok=None)
        for hold, seat, at in tx.execute(BACK)
        if hold in token
    ]
    return told + sold + let_go + back
