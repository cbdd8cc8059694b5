"""What a gate says: one pure function, the same as static/js/door/verdict.js.

``tests/vectors/golden.json`` holds both to the same answers.
"""

from typing import NamedTuple

from ticketing.admission.models import Verdict
from ticketing.foundation.clock import MINUTE

EARLY = 15 * MINUTE  # before the doors, for those who queue
BREAK = 3 * MINUTE  # so long latecomers may go in once a break has begun


class Rules(NamedTuple):
    """What holds at a gate for one performance; instants in milliseconds.

    ``performance`` is the number in its tickets' codes; ``breaks``: minutes after the start at which
    latecomers go in together, none: whenever they come; ``sections`` that the gate leads to, none: all.
    """

    performance: int
    doors_at: int
    starts_at: int
    ends_at: int
    capacity: int
    breaks: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def opens_at(self) -> int:
        return self.doors_at - EARLY

    def next_break(self, at: int) -> int | None:
        """Return when latecomers go in who come at this instant: it may have begun; None: never."""
        starts = (self.starts_at + minutes * MINUTE for minutes in self.breaks)
        return next((start for start in starts if at <= start + BREAK), None)


class Code(NamedTuple):
    """What was read and is rightly signed, or typed: then it names neither performance nor issue.

    ``fresh``: False where this performance's codes change and this one is of another minute.
    """

    performance: int | None = None
    issue: int | None = None
    fresh: bool = True


class Right(NamedTuple):
    """What is known of the ticket. ``standing``: live, unpaid, void, or released: its seat went to another."""

    issue: int
    standing: str
    section: str


class Decision(NamedTuple):
    """``unverified``: rightly signed, and not in what this gate knows; ``goes_in_at``: a latecomer."""

    verdict: Verdict
    unverified: bool = False
    goes_in_at: int | None = None


def decide(
    code: Code | None, right: Right | None, rules: Rules,
    *, is_inside: bool, inside: int, at: int, way: str, knows_all: bool,
) -> Decision:  # fmt: skip
    """``is_inside``: this ticket; ``inside``: how many people; ``way``: in or out.

    ``knows_all``: a ticket that is missing here is missing everywhere, as on our server.
    """
    if code is None:
        return Decision(Verdict.INVALID)
    if right is None and (knows_all or code.performance is None):
        return Decision(Verdict.UNKNOWN)
    if code.performance not in (None, rules.performance):
        return Decision(Verdict.WRONG_PERFORMANCE)
    if way == "out":
        return Decision(Verdict.LEFT if is_inside else Verdict.NOT_INSIDE)
    if not code.fresh:
        return Decision(Verdict.STALE_CODE)
    refusal = _refuse_ticket(code, right)
    if refusal:
        return Decision(refusal)
    if is_inside:
        return Decision(Verdict.ALREADY_ADMITTED)
    if right and rules.sections and right.section not in rules.sections:
        return Decision(Verdict.WRONG_GATE)
    late = _refuse_hour(rules, at)
    if late:
        return late
    if inside >= rules.capacity:
        return Decision(Verdict.HOUSE_FULL)
    return Decision(Verdict.ADMITTED, unverified=right is None)


def _refuse_ticket(code: Code, right: Right | None) -> Verdict | None:
    if right is None:
        return None
    if right.standing == "unpaid":
        return Verdict.UNPAID
    if right.standing in ("void", "released") or code.issue not in (None, right.issue):
        return Verdict.VOID
    return None


def _refuse_hour(rules: Rules, at: int) -> Decision | None:
    if at < rules.opens_at:
        return Decision(Verdict.TOO_EARLY)
    if at > rules.ends_at:
        return Decision(Verdict.TOO_LATE)
    if at <= rules.starts_at or not rules.breaks:
        return None
    goes_in_at = rules.next_break(at)
    if goes_in_at is not None and goes_in_at <= at:
        return None
    return Decision(Verdict.TOO_LATE, goes_in_at=goes_in_at)
