"""Scans that a device kept: facts, stored once, put right in time, and compared with those of others."""

from typing import Any

import pytest

from evening import GATE, OTHER_GATE, Evening
from ticketing.admission.admit import Attempt
from ticketing.admission.models import Verdict
from ticketing.admission.offline.batch import NotTaken, Result, Sent, Taken, take_in
from ticketing.admission.offline.conflicts import conflicts
from ticketing.admission.queries import count
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.tickets.void import void

ADMITTED, ALREADY = Verdict.ADMITTED, Verdict.ALREADY_ADMITTED


class Phone:
    """A device without a line: it keeps its scans and sends them when it likes."""

    def __init__(self, evening: Evening, name: str, gate: str = GATE, slow: int = 0) -> None:
        self.evening, self.name, self.gate, self.slow = evening, name, gate, slow
        self.kept: list[Sent] = []

    @property
    def now(self) -> int:
        return self.evening.clock.at - self.slow

    def scan(self, code: str, said: Verdict | None = None, **more: Any) -> None:
        sequence = len(self.kept) + 1
        attempt = Attempt(
            self.gate, self.evening.performance.id, code, f"{self.name}-{sequence}", self.now,
            device=self.name, sequence=sequence,
            **{key: more.pop(key) for key in ("direction",) if key in more},
        )  # fmt: skip
        self.kept.append(Sent(attempt, said, **more))

    def send(self, scans: list[Sent] | None = None, **more: Any) -> Result:
        desk = self.evening.world.desk
        sent = self.kept if scans is None else scans
        return desk.write_now(
            take_in, sent, self.now, self.evening.world.keys, by=self.name, **more
        )


def verdicts(result: Result) -> list[str]:
    return [each.verdict if isinstance(each, Taken) else each.refused.type for each in result.scans]


def inside(evening: Evening) -> int:
    return evening.world.desk.read_now(count, GATE, evening.performance.id)[0]


def test_what_was_let_in_without_a_line_is_inside(evening: Evening) -> None:
    phone = Phone(evening, "east")
    code = evening.code(evening.ticket())
    phone.scan(code)
    phone.scan(code)
    phone.scan("nonsense")
    evening.clock.forward(HOUR)
    result = phone.send()
    assert verdicts(result) == ["admitted", "already_admitted", "invalid"]
    assert result.conflicts == []
    assert inside(evening) == 1
    assert evening.scan(code).verdict == ALREADY


def test_a_batch_sent_again_is_answered_alike_and_stored_once(evening: Evening) -> None:
    phone = Phone(evening, "east")
    for _ in range(3):
        phone.scan(evening.code(evening.ticket()))
    first = phone.send()
    evening.clock.forward(MINUTE)
    assert phone.send().scans == first.scans
    assert phone.send(phone.kept[::-1]).scans == first.scans[::-1]
    assert evening.stored() == ["admitted"] * 3


def test_two_devices_apart_admit_one_ticket_and_the_conflict_names_both(evening: Evening) -> None:
    ticket = evening.ticket()
    east, west = Phone(evening, "east"), Phone(evening, "west", OTHER_GATE)
    east.scan(evening.code(ticket), ADMITTED)
    evening.clock.forward(4 * MINUTE)
    west.scan(evening.code(ticket), ADMITTED)
    assert west.send().conflicts == []  # nobody else has told yet
    result = east.send()
    (conflict,) = result.conflicts
    assert verdicts(result) == ["admitted"]
    assert verdicts(west.send()) == ["already_admitted"]
    assert (conflict.kind, conflict.short, conflict.seat.name) == ("twice", ticket.short, "1")
    assert conflict.first
    assert [(each.device, each.gate) for each in (conflict.first, conflict.second)] == [
        ("east", GATE), ("west", OTHER_GATE),
    ]  # fmt: skip
    assert conflict.second.at - conflict.first.at == 4 * MINUTE
    listed = evening.world.desk.read_now(conflicts, evening.performance.id)
    assert listed == [conflict]
    assert inside(evening) == 2


def test_a_slow_clock_is_put_right_by_when_it_sent(evening: Evening) -> None:
    slow = Phone(evening, "slow", slow=7 * MINUTE)
    at = evening.clock.at
    slow.scan(evening.code(evening.ticket()))
    evening.clock.forward(10 * MINUTE)
    result = slow.send()
    (taken,) = result.scans
    assert isinstance(taken, Taken)
    assert (taken.at, result.skew) == (at, 7 * MINUTE)


def test_a_fast_clock_lets_nobody_in_in_the_future(evening: Evening) -> None:
    fast = Phone(evening, "fast", slow=-7 * MINUTE)
    at = evening.clock.at
    fast.scan(evening.code(evening.ticket()))
    (taken,) = fast.send().scans
    assert isinstance(taken, Taken)
    assert taken.at == at


def test_a_poison_scan_stops_no_other(evening: Evening) -> None:
    phone = Phone(evening, "east")
    codes = [evening.code(evening.ticket()) for _ in range(2)]
    phone.scan(codes[0])
    phone.send()
    phone.scan("\x00" * 50)
    lost = Attempt("nowhere", evening.performance.id, codes[1], "lost", phone.now, device="east")
    used = Attempt(
        GATE, evening.performance.id, codes[1], "used", phone.now, device="east", sequence=1
    )
    phone.kept += [Sent(lost), Sent(used)]
    phone.scan(codes[1])
    phone.kept.append(Sent(phone.kept[0].attempt))
    result = phone.send()
    assert verdicts(result) == [
        "admitted", "invalid", "not-found", "nonce-used", "admitted", "admitted",
    ]  # fmt: skip
    assert isinstance(result.scans[2], NotTaken)
    assert evening.stored().count("admitted") == 2


def test_a_ticket_that_was_void_meanwhile_is_inside_and_told(evening: Evening) -> None:
    ticket = evening.ticket()
    phone = Phone(evening, "east")
    lines = [ticket.line_id]
    evening.world.desk.write_now(void, evening.performance.id, lines, "returned", by="test")
    evening.clock.forward(MINUTE)
    phone.scan(evening.code(ticket), ADMITTED)
    result = phone.send()
    assert verdicts(result) == ["void"]
    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.first, conflict.second.device) == ("void", None, "east")
    assert inside(evening) == 1


def test_nobody_is_inside_on_what_is_no_ticket(evening: Evening) -> None:
    phone = Phone(evening, "east")
    ticket = evening.ticket()
    phone.scan("nonsense", ADMITTED)
    phone.scan(evening.code(ticket, number=ticket.number ^ 1), ADMITTED)
    phone.scan(evening.code(evening.lawn_ticket()), ADMITTED)
    result = phone.send()
    assert verdicts(result) == ["invalid", "unknown", "wrong_performance"]
    assert inside(evening) == 0


def test_a_refusal_told_at_the_gate_is_stored_as_told(evening: Evening) -> None:
    phone = Phone(evening, "east")
    code = evening.code(evening.ticket())
    phone.scan(code, Verdict.TOO_EARLY)
    phone.send()
    assert evening.stored() == ["too_early"]
    assert evening.scan(code).verdict == ADMITTED


@pytest.mark.parametrize(("asked", "said"), [(ALREADY, ADMITTED), (ADMITTED, ALREADY)])
def test_what_was_told_stands_against_an_answer_that_came_too_late(
    evening: Evening, asked: Verdict, said: Verdict
) -> None:
    code = evening.code(evening.ticket())
    if asked == ALREADY:
        evening.scan(code)
        evening.clock.forward(MINUTE)
    phone = Phone(evening, "east")
    phone.scan(code, said)
    answer = evening.scan(code, nonce="east-1", device="east", sequence=1, at=phone.now)
    assert answer.verdict == asked
    phone.send()
    assert evening.stored()[-1] == said
    assert inside(evening) == (2 if asked == ALREADY else 0)
    phone.send()
    assert evening.stored()[-1] == said


def test_out_and_in_again_without_a_line(evening: Evening) -> None:
    phone = Phone(evening, "east")
    code = evening.code(evening.ticket())
    for way in ("in", "out", "in"):
        phone.scan(code, direction=way)
        evening.clock.forward(MINUTE)
    result = phone.send(phone.kept[::-1])
    assert verdicts(result) == ["admitted", "left", "admitted"]
    assert result.conflicts == []
    assert inside(evening) == 1


def test_what_a_device_scanned_after_it_was_shut_out_counts_for_nothing(evening: Evening) -> None:
    phone = Phone(evening, "lost")
    before, after = (evening.code(evening.ticket()) for _ in range(2))
    phone.scan(before, ADMITTED)
    until = evening.clock.at
    evening.clock.forward(MINUTE)
    phone.scan(after, ADMITTED)
    assert verdicts(phone.send(until=until)) == ["admitted", "unknown"]
    assert inside(evening) == 1
    assert evening.scan(after).verdict == ADMITTED


def test_a_supervisors_word_is_no_conflict(evening: Evening) -> None:
    phone = Phone(evening, "east")
    code = evening.code(evening.ticket())
    phone.scan(code, ADMITTED)
    evening.clock.forward(MINUTE)
    phone.scan(code, ADMITTED, reason="went out by the fire door")
    result = phone.send()
    assert verdicts(result) == ["admitted", "admitted"]
    assert result.conflicts == []
    assert inside(evening) == 2


def test_one_person_let_out_by_two_gates_apart_left_once(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    evening.scan(code)
    evening.clock.forward(MINUTE)
    phones = [Phone(evening, "east"), Phone(evening, "west", OTHER_GATE)]
    for phone in phones:
        phone.scan(code, Verdict.LEFT, direction="out")
        evening.clock.forward(MINUTE)
    assert [verdicts(phone.send()) for phone in phones] == [["left"], ["not_inside"]]
    assert inside(evening) == 0


def test_an_exit_that_was_asked_and_not_heard_is_one_exit(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    evening.scan(code)
    evening.clock.forward(MINUTE)
    phone = Phone(evening, "east")
    phone.scan(code, Verdict.LEFT, direction="out")
    asked: dict[str, Any] = {"nonce": "east-1", "device": "east", "sequence": 1, "at": phone.now}
    assert evening.scan(code, direction="out", **asked).verdict == "left"
    assert verdicts(phone.send()) == ["left"]
    assert inside(evening) == 0
