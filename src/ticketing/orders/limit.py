"""How many tickets one buyer may have for a performance, over all orders and ticket types.

Who orders by the same phone number or mail address waits in one turn, so that two orders at one moment
do not both fit into what is left.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import Refused
from ticketing.orders.create import Buyer
from ticketing.orders.models import (
    COMP,
    WITH_EMAIL,
    WITH_PHONE,
    BuyerTurn,
    Order,
    OrderLine,
    OrderStatus,
    among,
)

TURNS = 256  # for each performance; strangers who share one wait for a moment
STILL = among(OrderStatus.PAID, OrderStatus.AWAITING_PAYMENT, OrderStatus.EXPIRING)


class TooManyTickets(Refused):
    """``left``: how many this buyer may still have."""

    type = "too-many-tickets"
    zh = "每人这一场最多买 {most} 张，你还可以买 {left} 张。"
    en = "At most {most} tickets a person for this performance: you may buy {left} more."


def take_turn(dialect: Any) -> Statement:
    """Lock a turn until the transaction ends, and make it where it is missing."""
    insert = dialect.insert(BuyerTurn).values(
        performance_id=sa.bindparam("performance"), turn=sa.bindparam("turn")
    )
    return Statement(
        insert.on_conflict_do_update(
            index_elements=[BuyerTurn.performance_id, BuyerTurn.turn],
            set_={"turn": insert.excluded.turn},
        )
    )


TAKE_TURN = {"sqlite": take_turn(sqlite), "postgresql": take_turn(postgresql)}


def bought(contact: InstrumentedAttribute[str], given: sa.TextClause) -> Statement:
    return Statement(
        sa.select(sa.func.count())
        .join_from(Order, OrderLine)
        .where(
            Order.performance_id == sa.bindparam("performance"),
            contact == sa.bindparam("contact"),
            given,
            STILL,
            OrderLine.ticket_type != COMP,  # what somebody was given, they did not buy
        )
    )


BY_PHONE = bought(Order.buyer_phone, WITH_PHONE)
BY_MAIL = bought(Order.buyer_email, WITH_EMAIL)


def limit_buyer(tx: Tx, performance_id: str, buyer: Buyer, count: int, *, most: int) -> None:
    """Let the buyer have ``count`` more, by each contact given; before the seats are locked."""
    contacts = [(buyer.phone, BY_PHONE), (buyer.email, BY_MAIL)]
    given = [(contact, statement) for contact, statement in contacts if contact]
    for turn in sorted({int(digest(contact), 16) % TURNS for contact, _ in given}):
        tx.run(TAKE_TURN[tx.dialect], performance=performance_id, turn=turn)
    for contact, statement in given:
        row = tx.first(statement, performance=performance_id, contact=contact)
        assert row
        if row[0] + count > most:
            raise TooManyTickets(most=most, left=max(most - row[0], 0))
