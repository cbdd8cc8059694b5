"""Let a ticket in or out, and store every attempt with its verdict.

The ticket's row is locked while its fate is decided, so of two gates one waits for the other;
behind the lock stands the index ``one_admission``.
"""

from dataclasses import dataclass

from ticketing.admission.answer import Answer, answer
from ticketing.admission.gate_context import COUNTS, GateContext, gate_context
from ticketing.admission.history import NO_HISTORY, history
from ticketing.admission.models import Verdict
from ticketing.admission.record import Fact, KeptScan, kept, nonce_of, record
from ticketing.admission.resolve import Resolved, TicketFacts, again, resolve
from ticketing.admission.verdict import Decision, Right, decide
from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import BadInput, Refused
from ticketing.seating.queries import plan
from ticketing.tickets.keys import Keyring


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


def admit(tx: Tx, attempt: Attempt, keys: Keyring, *, by: str, now: int) -> Answer:
    """Raises NotFound, GateOfAnotherHall, NonceUsed."""
    here = gate_context(tx, attempt.gate, attempt.performance_id)
    at = now if attempt.at is None else min(attempt.at, now)
    presented = resolve(tx, here, attempt.code, keys, at=at, vouched=attempt.vouched)
    ticket = presented.ticket
    before = history(tx, ticket) if ticket else NO_HISTORY
    decision = judge(
        tx, here, presented, is_inside=before.past.entered is not None, inside=here.inside, at=at,
        way=attempt.direction,
    )  # fmt: skip
    if attempt.device and nonce_of(tx, attempt.device, attempt.sequence) not in (
        None,
        attempt.nonce,
    ):
        raise NonceUsed()
    verdict = decision.verdict
    fact = Fact(
        attempt.nonce, here.performance_id, ticket.id if ticket else None, here.gate, verdict,
        attempt.direction, digest(attempt.code), at, by, attempt.device or attempt.nonce,
        attempt.sequence, told=False, last_entry=before.last_entry,
    )  # fmt: skip
    if not record(tx, fact, now=now):
        return recall(tx, attempt, here)  # sent before
    people = here.inside + COUNTS.get(verdict, 0)
    return answer(tx, here, decision, ticket, before, at=at, inside=people)


def judge(
    tx: Tx, here: GateContext, presented: Resolved,
    *, is_inside: bool, inside: int, at: int, way: str,
) -> Decision:  # fmt: skip
    """A ticket of another performance is named as such, whatever number was typed or signed."""
    code, ticket = presented
    return decide(
        code, right_of(tx, ticket) if ticket else None, here.rules,
        is_inside=is_inside, inside=inside, at=at, way=way, knows_all=True,
    )  # fmt: skip


def right_of(tx: Tx, ticket: TicketFacts) -> Right:
    section = plan(tx, ticket.plan_id).by_id[ticket.seat_id].section
    return Right(ticket.issue, ticket.standing, section)


def recall(tx: Tx, attempt: Attempt, here: GateContext) -> Answer:
    """Return the stored answer to this attempt, whatever would be decided now."""
    stored = kept(tx, attempt.nonce)
    assert stored
    if not is_same(attempt, stored):
        raise NonceUsed()
    ticket = again(tx, stored.ticket_id)
    before = history(tx, ticket) if ticket else NO_HISTORY
    goes_in_at = here.rules.next_break(stored.at)
    decision = Decision(Verdict(stored.verdict), goes_in_at=goes_in_at)
    return answer(tx, here, decision, ticket, before, at=stored.at, inside=here.inside)


def is_same(attempt: Attempt, stored: KeptScan) -> bool:
    mine = (attempt.gate, attempt.performance_id, digest(attempt.code), attempt.direction)
    return mine == stored[: len(mine)]
