"""Promise 2: a ticket enters once. First that it can go wrong, then that it does not."""

import threading
from collections import Counter
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from evening import GATE, OTHER_GATE, Evening, evening_of
from ticketing.admission.admit import Attempt
from ticketing.admission.answer import Answer
from ticketing.admission.models import Scan, Verdict
from ticketing.admission.offline.batch import Result, Sent, Taken, take_in
from ticketing.admission.offline.conflicts import conflicts
from ticketing.desk.db import Tx
from ticketing.tickets.void import void
from together import failures, together

GATES = (GATE, OTHER_GATE)
SCANNERS = 24


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening


def verdicts(answers: list[object]) -> Counter[Verdict]:
    assert failures(answers) == []
    return Counter(answer.verdict for answer in answers if isinstance(answer, Answer))


def inside(evening: Evening) -> int:
    query = sa.select(sa.func.count()).where(Scan.verdict == Verdict.ADMITTED)
    return int(evening.world.ask(query).scalar_one())


def has_entered(tx: Tx, ticket_id: str) -> bool:
    query = sa.select(Scan.nonce).where(Scan.ticket_id == ticket_id)
    return tx.execute(query).first() is not None


def let_in_unguarded(
    tx: Tx, evening: Evening, ticket_id: str, gate: str, nonce: str, *, now: int
) -> None:
    values = {
        "nonce": nonce, "performance_id": evening.performance.id, "ticket_id": ticket_id,
        "gate": gate, "verdict": Verdict.ADMITTED, "entry": 1, "direction": "in",
        "code_digest": "", "at": now, "received_at": now, "scanned_by": "test",
        "device": nonce, "sequence": 0, "told": 0,
    }  # fmt: skip
    tx.execute(sa.insert(Scan), values)


def drop_the_index(tx: Tx, *, now: int) -> None:
    tx.execute(sa.text("DROP INDEX one_admission"))


def enter_unguarded(evening: Evening) -> list[object]:
    """Two gates look whether the ticket came in, and then let it in."""
    ticket = evening.ticket()
    looked = threading.Barrier(2)

    def enter(n: int) -> None:
        seen = evening.world.desk.read_now(has_entered, ticket.id)
        looked.wait()  # both have looked before either lets anybody in
        assert not seen
        evening.world.desk.write_now(let_in_unguarded, evening, ticket.id, GATES[n], f"control-{n}")

    return together(2, enter)


def test_control_without_lock_and_index_two_people_enter_on_one_ticket(evening: Evening) -> None:
    evening.world.desk.write_now(drop_the_index)
    assert failures(enter_unguarded(evening)) == []
    assert inside(evening) == 2


def test_the_index_alone_keeps_the_second_out_whatever_an_act_does(evening: Evening) -> None:
    (refused,) = failures(enter_unguarded(evening))
    assert isinstance(refused, sa.exc.IntegrityError)
    assert inside(evening) == 1


def test_of_two_gates_with_many_scanners_one_admits(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    answers = together(SCANNERS, lambda n: evening.scan(code, gate=GATES[n % 2]))
    assert verdicts(answers) == {Verdict.ADMITTED: 1, Verdict.ALREADY_ADMITTED: SCANNERS - 1}
    told = [answer.entered for answer in answers if isinstance(answer, Answer) and answer.entered]
    assert told == [told[0]] * (SCANNERS - 1)
    assert len(evening.stored()) == SCANNERS


def test_a_crowd_at_two_gates_enters_once_each(evening: Evening) -> None:
    codes = [evening.code(evening.ticket()) for _ in range(6)]
    answers = together(
        SCANNERS, lambda n: evening.scan(codes[n % len(codes)], gate=GATES[n // 2 % 2])
    )
    assert verdicts(answers)[Verdict.ADMITTED] == inside(evening) == len(codes)


def test_one_scan_sent_many_times_at_once_is_one_scan(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    answers = together(SCANNERS, lambda _: evening.scan(code, nonce="the same"))
    assert verdicts(answers) == {Verdict.ADMITTED: SCANNERS}
    assert evening.stored() == ["admitted"]


def test_a_broken_scan_sent_many_times_at_once_is_one_scan(evening: Evening) -> None:
    answers = together(SCANNERS, lambda _: evening.scan("no ticket", nonce="the same"))
    assert verdicts(answers) == {Verdict.INVALID: SCANNERS}
    assert evening.stored() == ["invalid"]


def test_a_ticket_that_is_returned_while_it_is_scanned_is_in_or_void(evening: Evening) -> None:
    ticket = evening.ticket()
    code, desk = evening.code(ticket), evening.world.desk
    order = (evening.performance.id, ticket.order_id, "returned")

    def act(n: int) -> object:
        return desk.write_now(void, *order, by="test") if n % 2 else evening.scan(code)

    found = verdicts([answer for answer in together(8, act) if isinstance(answer, Answer)])
    assert found[Verdict.ADMITTED] == inside(evening) <= 1
    assert set(found) <= {Verdict.ADMITTED, Verdict.ALREADY_ADMITTED, Verdict.VOID}


def test_what_phones_kept_and_what_gates_ask_at_one_moment_is_all_stored(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    desk, keys = evening.world.desk, evening.world.keys

    def act(n: int) -> object:
        if n % 2:
            return evening.scan(code, gate=GATES[n // 2 % 2])
        attempt = Attempt(
            GATES[n // 2 % 2], evening.performance.id, code, f"kept-{n}", evening.clock.at,
            device=f"phone-{n}", sequence=1,
        )  # fmt: skip
        sent = [Sent(attempt, Verdict.ADMITTED)]
        return desk.write_now(take_in, sent, evening.clock.at, keys, by="test")

    answers = together(12, act)
    assert failures(answers) == []
    results = [answer for answer in answers if isinstance(answer, Result)]
    assert all(isinstance(scan, Taken) for result in results for scan in result.scans)
    asked = verdicts([answer for answer in answers if isinstance(answer, Answer)])
    assert asked[Verdict.ADMITTED] <= 1
    assert inside(evening) == 6 + asked[Verdict.ADMITTED]
    told = desk.read_now(conflicts, evening.performance.id)
    assert len(told) == inside(evening) - 1
