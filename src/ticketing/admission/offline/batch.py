"""Take in what a device kept while it had no line. These are facts: whoever it let in is inside.

A scan that cannot be taken stops no other. What is sent twice is stored once. A device's clock is put
right by the time at which it says that it sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ticketing.admission.admit import Attempt, NonceUsed, is_same, judge
from ticketing.admission.fold import Seen, fold
from ticketing.admission.gate_context import GateContext, gate_context
from ticketing.admission.history import NO_HISTORY, History, history
from ticketing.admission.models import Verdict
from ticketing.admission.offline.conflicts import Conflict, of_ticket
from ticketing.admission.record import Fact, kept, nonce_of, record, told
from ticketing.admission.resolve import Resolved, resolve
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import FIRST
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import Refused
from ticketing.tickets.keys import Keyring

NOISE = 5_000  # ms that a request may have been under way: no skew of a clock
MOST_SCANS = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """A scan of a batch. ``said``: the verdict that the device gave, if it tells; ``reason``: with which
    a supervisor overruled one."""

    attempt: Attempt
    said: Verdict | None = None
    reason: str = ""


class Taken(NamedTuple):
    """``verdict``: what we say of the scan, knowing what we know: it may differ from what was ``said``."""

    sequence: int
    nonce: str
    verdict: Verdict
    said: Verdict
    at: int


class NotTaken(NamedTuple):
    sequence: int
    nonce: str
    refused: Refused


class Result(NamedTuple):
    """In the order of the batch; ``skew``: how many ms the device's clock was behind ours."""

    scans: list[Taken | NotTaken]
    conflicts: list[Conflict]
    skew: int


def take_in(
    tx: Tx, scans: Sequence[Sent], sent_at: int, keys: Keyring,
    *, until: int | None = None, by: str, now: int,
) -> Result:  # fmt: skip
    """``until``: when the device was revoked: what it scanned after that is kept and counts for nothing."""
    skew = now - sent_at if abs(now - sent_at) > NOISE else 0
    intake = Intake(tx, keys, skew, until, by, now)
    # tickets are locked in one order, else two devices that send the same ones wait for each other
    order = sorted(
        range(len(scans)), key=lambda n: (scans[n].attempt.code, scans[n].attempt.sequence)
    )
    answers = {n: intake.take(scans[n]) for n in order}
    return Result([answers[n] for n in range(len(scans))], intake.conflicts(), skew)


@dataclass
class Intake:
    tx: Tx
    keys: Keyring
    skew: int
    until: int | None
    by: str
    now: int

    def __post_init__(self) -> None:
        self.stands: dict[tuple[str, str], GateContext] = {}
        self.tickets: set[str] = set()

    def take(self, sent: Sent) -> Taken | NotTaken:
        attempt = sent.attempt
        try:
            with self.tx.savepoint():
                return self._take(sent, self._stand(attempt))
        except Refused as refused:
            return NotTaken(attempt.sequence, attempt.nonce, refused)

    def conflicts(self) -> list[Conflict]:
        """Return what stands against each other among the tickets of this batch."""
        return [
            conflict for ticket in sorted(self.tickets) for conflict in of_ticket(self.tx, ticket)
        ]

    def _stand(self, attempt: Attempt) -> GateContext:
        key = attempt.gate, attempt.performance_id
        if key not in self.stands:
            self.stands[key] = gate_context(self.tx, *key)
        return self.stands[key]

    def _take(self, sent: Sent, here: GateContext) -> Taken:
        attempt, at = sent.attempt, self._right(sent.attempt.at)
        shown = resolve(self.tx, here, attempt.code, self.keys, at=at, vouched=True)
        before = history(self.tx, shown.ticket) if shown.ticket else NO_HISTORY
        said = self._said(sent, here, shown, before, at)
        stored = kept(self.tx, attempt.nonce)
        if stored and not is_same(attempt, stored):
            raise NonceUsed()
        if stored and (stored.told or stored.verdict == said):
            said, at = Verdict(stored.verdict), stored.at
        elif stored:
            told(self.tx, attempt.nonce, said, before.last_entry, now=self.now)
        else:
            self._record(sent, here, shown, said, before.last_entry, at)
        return Taken(
            attempt.sequence, attempt.nonce, self._known_now(sent, here, shown, said, at), said, at
        )

    def _right(self, at: int | None) -> int:
        """Return when it was: a fact, however wrong the device's clock, but none before there were clocks."""
        return self.now if at is None else max(FIRST, min(at + self.skew, self.now))

    def _said(
        self, sent: Sent, here: GateContext, shown: Resolved, before: History, at: int
    ) -> Verdict:
        """What a device does not tell it has decided by its own scans; what we cannot believe is unknown."""
        if self.until is not None and at > self.until:
            return Verdict.UNKNOWN
        device, mine = sent.attempt.device, (sent.attempt.device, sent.attempt.sequence)
        others = [scan for scan in before.scans if scan.key != mine]  # it may have asked us, too
        own = self._judge(
            here, shown, sent.attempt, at, [s for s in others if s.device == device and s.at <= at]
        )
        said = sent.said or own
        if said is Verdict.ADMITTED and own in (
            Verdict.INVALID, Verdict.UNKNOWN, Verdict.WRONG_PERFORMANCE,
        ):  # fmt: skip
            return own  # nobody can be inside on what is no ticket of this performance
        if said is Verdict.LEFT and fold(others).entered is None:
            return Verdict.NOT_INSIDE  # let out by two gates that were apart: one person left
        return said

    def _known_now(
        self, sent: Sent, here: GateContext, shown: Resolved, said: Verdict, at: int
    ) -> Verdict:
        """Return what would have been said if all that we know had been known at the gate."""
        if not shown.ticket or said is not Verdict.ADMITTED or sent.reason:
            return said
        self.tickets.add(shown.ticket.id)
        after = history(self.tx, shown.ticket)
        mine = (sent.attempt.device, sent.attempt.sequence)
        if any(twice.second.key == mine for twice in after.past.twice):
            return Verdict.ALREADY_ADMITTED
        return self._judge(here, shown, sent.attempt, at, ())

    def _judge(
        self, here: GateContext, shown: Resolved, attempt: Attempt, at: int, before: Iterable[Seen]
    ) -> Verdict:
        """Decide as a gate that has heard of these scans."""
        return judge(
            self.tx, here, shown, is_inside=fold(before).entered is not None, inside=0, at=at,
            way=attempt.direction,
        ).verdict  # fmt: skip

    def _record(
        self,
        sent: Sent,
        here: GateContext,
        shown: Resolved,
        said: Verdict,
        last_entry: int,
        at: int,
    ) -> None:
        attempt = sent.attempt
        if nonce_of(self.tx, attempt.device, attempt.sequence) not in (None, attempt.nonce):
            raise NonceUsed()
        fact = Fact(
            attempt.nonce, here.performance_id, shown.ticket.id if shown.ticket else None,
            here.gate, said, attempt.direction, digest(attempt.code), at, self.by, attempt.device,
            attempt.sequence, told=True, last_entry=last_entry, reason=sent.reason,
        )  # fmt: skip
        record(self.tx, fact, now=self.now)
        if shown.ticket and sent.reason and said is Verdict.ADMITTED:
            note(
                self.tx, "ticket.let_in", shown.ticket.id, by=self.by, now=self.now,
                gate=here.gate, reason=sent.reason,
            )  # fmt: skip
