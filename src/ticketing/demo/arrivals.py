"""Letters that were sent, and people who came in."""

from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.admission.admit import Attempt, admit
from ticketing.admission.models import Scan
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.outbox import Letter, sent
from ticketing.foundation.clock import MINUTE, SetClock
from ticketing.foundation.codes import new_id
from ticketing.tickets.keys import Keyring
from ticketing.tickets.models import Ticket
from ticketing.tickets.sign import TicketCode, sign
from ticketing.venues.models import Gate

READ_AFTER = MINUTE


def post_letters(desk: Desk, clock: SetClock, today: int) -> None:
    """The past's letters left the house long ago, a minute after they were owed."""
    for letter_id, owed_at in desk.read_now(unsent):
        clock.at = min(owed_at + READ_AFTER, today)
        desk.write_now(sent, letter_id)


def unsent(tx: Tx) -> list[tuple[str, int]]:
    query = sa.select(Letter.id, Letter.created_at).where(Letter.sent_at.is_(None))
    return [(letter_id, owed_at) for letter_id, owed_at in tx.execute(query)]


def let_in(
    desk: Desk, clock: SetClock, keys: Keyring, performance: sa.Row[Any], share: float, rng: Random
) -> None:
    """Most come in the quarter hour before the curtain, one phone is shown twice, some stay away."""
    if desk.read_now(scanned, performance.id):
        return
    tickets, gate = desk.read_now(at_the_door, performance)
    coming = rng.sample(tickets, round(len(tickets) * share))
    span = performance.starts_at - performance.doors_at
    times = sorted(performance.doors_at + int(span * rng.triangular(0, 1.05, 0.7)) for _ in coming)
    for at, ticket in zip(times, coming, strict=True):
        for again in range(2 if rng.random() < 0.02 else 1):
            clock.at = at + again * 20_000
            code = TicketCode(ticket.key_id, performance.number, ticket.number, ticket.issue)
            text = sign(code, keys.private[ticket.key_id])
            desk.write_now(
                admit,
                Attempt(gate, performance.id, text, new_id(clock.at), clock.at),
                keys,
                by="demo",
            )


def scanned(tx: Tx, performance_id: str) -> bool:
    query = sa.select(Scan.nonce).where(Scan.performance_id == performance_id)
    return tx.execute(query.limit(1)).first() is not None


def at_the_door(tx: Tx, performance: sa.Row[Any]) -> tuple[list[sa.Row[Any]], str]:
    query = sa.select(Ticket.__table__).where(
        Ticket.performance_id == performance.id, Ticket.voided_at.is_(None)
    )
    gate = sa.select(Gate.name).where(Gate.hall_id == performance.hall_id).order_by(Gate.name)
    return list(tx.execute(query.order_by(Ticket.number))), str(tx.execute(gate).scalars().first())
