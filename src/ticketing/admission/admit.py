"""Let a ticket in or out, and store every attempt with its verdict.

The ticket's row is locked while its fate is decided, so of two gates one waits for the other;
behind the lock stands the index ``one_admission``.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from ticketing.admission.answer import Answer, answer
from ticketing.admission.history import NO_HISTORY, history
from ticketing.admission.models import Scan, Verdict
from ticketing.admission.present import Presented, Shown, again, present
from ticketing.admission.stand import COUNTS, Stand, inside, stand
from ticketing.admission.verdict import Decision, Right, decide
from ticketing.foundation.codes import digest
from ticketing.foundation.db import INSERT, Statement, Tx
from ticketing.foundation.errors import BadInput, Refused
from ticketing.tickets.keys import Keyring
from ticketing.venues.queries import plan


class NonceUsed(Refused):
    status = 422
    type = "nonce-used"
    zh = "这个 nonce 属于另一次扫码：每次扫码要有自己的，重发时才用同一个。"
    en = "This nonce belongs to another scan: each has its own, and keeps it when it is sent again."


@dataclass(frozen=True, slots=True)
class Attempt:
    """``code``: what was scanned, or a short number typed. One ``nonce`` names one attempt, however often
    it is sent, as does a device with one of its numbers. ``at``: the device's time, if it tells.

    ``vouched``: a number typed by somebody who may say that its holder is the right one.
    """

    gate: str
    performance_id: str
    code: str
    nonce: str
    at: int | None = None
    direction: str = "in"
    device: str = ""
    sequence: int = 0
    vouched: bool = False

    def __post_init__(self) -> None:
        if self.direction not in ("in", "out"):
            raise BadInput("direction", "direction 只能是 in 或 out。", "Direction is in or out.")


STORED = Statement(
    sa.select(
        Scan.gate, Scan.performance_id, Scan.code_digest, Scan.direction,
        Scan.verdict, Scan.ticket_id, Scan.at,
    ).where(Scan.nonce == sa.bindparam("nonce"))
)  # fmt: skip
OF_DEVICE = Statement(
    sa.select(Scan.nonce).where(
        Scan.device == sa.bindparam("device"), Scan.sequence == sa.bindparam("sequence")
    )
)
ADD = {
    name: Statement(insert(Scan).on_conflict_do_nothing(index_elements=["nonce"]))
    for name, insert in INSERT.items()
}


def admit(tx: Tx, attempt: Attempt, keys: Keyring, *, by: str, now: int) -> Answer:
    """Raises NotFound, GateOfAnotherHall, NonceUsed."""
    here = stand(tx, attempt.gate, attempt.performance_id)
    at = now if attempt.at is None else min(attempt.at, now)
    presented = present(tx, here, attempt.code, keys, at=at, vouched=attempt.vouched)
    ticket = presented.ticket
    before = history(tx, ticket.id) if ticket else NO_HISTORY
    people = inside(tx, here.performance_id)
    decision = judge(
        tx, here, presented, is_inside=before.past.entered is not None, inside=people, at=at,
        way=attempt.direction,
    )  # fmt: skip
    verdict = decision.verdict
    known_as = (attempt.device, attempt.sequence) if attempt.device else (attempt.nonce, 0)
    if attempt.device and is_another(tx, attempt):
        raise NonceUsed()
    if tx.run(
        ADD[tx.dialect], nonce=attempt.nonce, performance_id=here.performance_id, gate=here.gate,
        code_digest=digest(attempt.code), direction=attempt.direction, verdict=verdict,
        entry=before.last_entry + (verdict is Verdict.ADMITTED),
        ticket_id=ticket.id if ticket else None, at=at, received_at=now, scanned_by=by,
        device=known_as[0], sequence=known_as[1], told=0, reason="",
    ):  # fmt: skip
        people += COUNTS.get(verdict, 0)
        return answer(tx, here, decision, ticket, before, at=at, inside=people)
    return recall(tx, attempt, here)  # sent before


def is_another(tx: Tx, attempt: Attempt) -> bool:
    """Say whether the device gave this number to another scan."""
    row = tx.first(OF_DEVICE, device=attempt.device, sequence=attempt.sequence)
    return row is not None and row[0] != attempt.nonce


def judge(
    tx: Tx, here: Stand, presented: Presented,
    *, is_inside: bool, inside: int, at: int, way: str,
) -> Decision:  # fmt: skip
    """A ticket of another performance is named as such, whatever number was typed or signed."""
    code, ticket = presented
    return decide(
        code, right_of(tx, ticket) if ticket else None, here.rules,
        is_inside=is_inside, inside=inside, at=at, way=way, knows_all=True,
    )  # fmt: skip


def right_of(tx: Tx, ticket: Shown) -> Right:
    section = plan(tx, ticket.plan_id).by_id[ticket.seat_id].section
    return Right(ticket.issue, ticket.standing, section)


def recall(tx: Tx, attempt: Attempt, here: Stand) -> Answer:
    """Return the stored answer to this attempt, whatever would be decided now."""
    row = tx.first(STORED, nonce=attempt.nonce)
    assert row
    *sent, verdict, ticket_id, at = row
    mine = [attempt.gate, attempt.performance_id, digest(attempt.code), attempt.direction]
    if mine != sent:
        raise NonceUsed()
    ticket = again(tx, ticket_id)
    before = history(tx, ticket.id) if ticket else NO_HISTORY
    decision = Decision(Verdict(verdict), goes_in_at=here.rules.next_break(at))
    people = inside(tx, here.performance_id)
    return answer(tx, here, decision, ticket, before, at=at, inside=people)
