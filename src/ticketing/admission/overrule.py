"""A supervisor's word: let in whom a verdict refused, with a reason; take back a mistake. Both are diary."""

import sqlalchemy as sa

from ticketing.admission.admit import Attempt, NonceUsed, is_same
from ticketing.admission.answer import Answer, answer
from ticketing.admission.gate_context import gate_context, inside
from ticketing.admission.history import history
from ticketing.admission.models import CAME_IN, WENT_OUT, Scan, Verdict
from ticketing.admission.record import Fact, kept, record, undo
from ticketing.admission.resolve import resolve
from ticketing.admission.verdict import Decision
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.tickets.keys import Keyring

UNDO_WITHIN = 15 * MINUTE


class NoTicketHere(Refused):
    status = 404
    type = "no-ticket-here"
    zh = "这一场没有这张票，不能放行。先核对票号。"
    en = "There is no such ticket for this performance, so it cannot be let in: check its number."


class TooLateToUndo(Refused):
    type = "too-late-to-undo"
    zh = "只能撤销 15 分钟以内的进场或出场。"
    en = "Only an entry or exit of the last 15 minutes can be taken back."


def overrule(tx: Tx, attempt: Attempt, reason: str, keys: Keyring, *, by: str, now: int) -> Answer:
    """Let the ticket in whatever would be decided. Raises NoTicketHere, NonceUsed."""
    if not reason:
        raise BadInput("reason", "请写明放行的原因。", "Please say why it is let in.")
    here = gate_context(tx, attempt.gate, attempt.performance_id)
    at = now if attempt.at is None else min(attempt.at, now)
    ticket = resolve(tx, here, attempt.code, keys, at=at, vouched=True).ticket
    if ticket is None or ticket.performance_id != here.performance_id:
        raise NoTicketHere()
    before = history(tx, ticket)
    fact = Fact(
        attempt.nonce, here.performance_id, ticket.id, here.gate, Verdict.ADMITTED, "in",
        digest(attempt.code), at, by, attempt.device or attempt.nonce, attempt.sequence,
        told=True, last_entry=before.last_entry, reason=reason,
    )  # fmt: skip
    if record(tx, fact, now=now):
        note(
            tx, "ticket.let_in", ticket.id, by=by, now=now, gate=here.gate, reason=reason,
        )  # fmt: skip
    else:
        stored = kept(tx, attempt.nonce)
        assert stored
        if not is_same(attempt, stored):
            raise NonceUsed()
        at = stored.at
    people = inside(tx, here.performance_id)
    return answer(tx, here, Decision(Verdict.ADMITTED), ticket, before, at=at, inside=people)


def take_back(tx: Tx, gate: str, performance_id: str, nonce: str, *, by: str, now: int) -> int:
    """Undo an entry or exit, once; return who is inside. Raises NotFound, TooLateToUndo."""
    gate_context(tx, gate, performance_id)
    moved = sa.and_(
        Scan.nonce == nonce, Scan.performance_id == performance_id, sa.or_(CAME_IN, WENT_OUT)
    )
    row = tx.execute(sa.select(Scan.at, Scan.ticket_id).where(moved)).first()
    if row is None:
        if taken_back(tx, performance_id, nonce):
            return inside(tx, performance_id)
        raise NotFound()
    if row.at < now - UNDO_WITHIN:
        raise TooLateToUndo()
    if undo(tx, nonce, by=by, now=now):
        note(tx, "scan.undone", row.ticket_id, by=by, now=now, gate=gate, nonce=nonce)
    return inside(tx, performance_id)


def taken_back(tx: Tx, performance_id: str, nonce: str) -> bool:
    query = sa.select(Scan.nonce).where(
        Scan.nonce == nonce, Scan.performance_id == performance_id, Scan.undone_at.is_not(None)
    )
    return tx.execute(query).first() is not None
