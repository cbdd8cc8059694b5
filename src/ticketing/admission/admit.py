"""Let a ticket in, once, and store every attempt with its verdict.

The ticket's row is locked while its fate is decided, so of two gates one waits for the other;
behind the lock stands the index ``one_admission``.
"""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ticketing.admission.answer import Answer, answer
from ticketing.admission.models import CAME_IN, Scan, Verdict
from ticketing.admission.present import Keys, Presented, again, present
from ticketing.admission.stand import Stand, stand
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest
from ticketing.foundation.db import Statement, Tx
from ticketing.foundation.errors import Refused

EARLY = 15 * MINUTE  # before the doors, for those who queue
FIRST_ENTRY = 1


class OnlyTheWayIn(Refused):
    status = 422
    type = "only-the-way-in"
    zh = "现在只登记进场（direction 用 in），出场还不能登记。"
    en = "Only the way in is recorded for now (direction “in”): leaving cannot be recorded yet."


class NonceUsed(Refused):
    status = 422
    type = "nonce-used"
    zh = "这个 nonce 属于另一次扫码：每次扫码要有自己的，重发时才用同一个。"
    en = "This nonce belongs to another scan: each has its own, and keeps it when it is sent again."


class Attempt(NamedTuple):
    """One nonce names one attempt, however often it is sent."""

    gate: str
    performance_id: str
    code_digest: str
    direction: str


STORED = Statement(
    sa.select(
        Scan.gate, Scan.performance_id, Scan.code_digest, Scan.direction,
        Scan.verdict, Scan.ticket_id, Scan.at,
    ).where(Scan.nonce == sa.bindparam("nonce"))
)  # fmt: skip
ENTERED = Statement(sa.select(Scan.at).where(Scan.ticket_id == sa.bindparam("ticket_id"), CAME_IN))
INSERT = {
    name: Statement(dialect.insert(Scan).on_conflict_do_nothing(index_elements=["nonce"]))
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def admit(
    tx: Tx, gate: str, performance_id: str, code: str, nonce: str, keys: Keys,
    *, at: int | None, direction: str, by: str, now: int,
) -> Answer:  # fmt: skip
    """``code``: what was scanned, or a short number typed; ``at``: the device's time, if it tells."""
    if direction != "in":
        raise OnlyTheWayIn()
    attempt = Attempt(gate, performance_id, digest(code), direction)
    here = stand(tx, gate, performance_id)
    presented = present(tx, performance_id, code, keys)
    at = now if at is None else min(at, now)
    verdict = decide(tx, here, presented, at)
    ticket = presented.ticket
    if tx.run(
        INSERT[tx.dialect], nonce=nonce, **attempt._asdict(), verdict=verdict, entry=FIRST_ENTRY,
        ticket_id=ticket.id if ticket else None, at=at, received_at=now, scanned_by=by,
    ):  # fmt: skip
        return answer(tx, here, verdict, ticket, at)
    return recall(tx, attempt, here, nonce)  # sent before


def recall(tx: Tx, attempt: Attempt, here: Stand, nonce: str) -> Answer:
    """Return the stored answer to this attempt, whatever would be decided now."""
    row = tx.first(STORED, nonce=nonce)
    assert row
    *sent, verdict, ticket_id, at = row
    if attempt != tuple(sent):
        raise NonceUsed()
    return answer(tx, here, Verdict(verdict), again(tx, ticket_id), at)


def decide(tx: Tx, here: Stand, presented: Presented, at: int) -> Verdict:
    ticket, issue, without = presented
    if ticket is None:
        return without
    if ticket.performance_id != here.performance_id:
        return Verdict.WRONG_PERFORMANCE
    if ticket.reserved or ticket.disputed:
        return Verdict.UNPAID
    if ticket.voided_at is not None or ticket.issue != issue:
        return Verdict.VOID
    if at < here.doors_at - EARLY:
        return Verdict.TOO_EARLY
    if at > here.ends_at:
        return Verdict.TOO_LATE
    entered = tx.first(ENTERED, ticket_id=ticket.id)
    return Verdict.ALREADY_ADMITTED if entered else Verdict.ADMITTED
