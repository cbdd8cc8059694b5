"""Every verdict, what it says, and that a scan sent again gets the answer it got."""

import pytest
import sqlalchemy as sa

from evening import GATE, OTHER_GATE, Evening
from ticketing.admission.admit import EARLY, NonceUsed, OnlyTheWayIn
from ticketing.admission.models import Scan, Verdict
from ticketing.admission.stand import GateOfAnotherHall
from ticketing.admission.wording import wording
from ticketing.foundation.clock import MINUTE, say_time
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import NotFound
from ticketing.programme.models import Performance
from ticketing.tickets.void import void


def test_a_ticket_is_let_in_and_told_where_to_sit(evening: Evening) -> None:
    answer = evening.scan(evening.code(evening.ticket()))
    assert answer.verdict == Verdict.ADMITTED
    assert (answer.inside, answer.here.capacity) == (1, 150)
    assert wording(answer, "zh").message == "请进，北侧矮凳 1 号"
    assert wording(answer, "en").message == "Come in: North side, low stool 1"
    assert wording(answer, "zh").where == ["矮凳 1 号", "北侧"]


def test_the_second_time_it_is_told_when_and_where_it_came_in(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    evening.scan(code)
    time = say_time(evening.clock.at, "Asia/Shanghai", "zh", "time")
    evening.clock.forward(11 * MINUTE)
    answer = evening.scan(code, gate=OTHER_GATE)
    assert answer.verdict == Verdict.ALREADY_ADMITTED
    assert answer.inside == 1
    assert wording(answer, "zh").message == f"{time} 在门 A 入场，北侧矮凳 1 号"
    assert wording(answer, "en").message == f"Admitted {time} at gate A, North side, low stool 1"


def test_a_ticket_for_another_performance_says_which_and_which_this_is(evening: Evening) -> None:
    answer = evening.scan(evening.code(evening.lawn_ticket()))
    assert answer.verdict == Verdict.WRONG_PERFORMANCE
    message = wording(answer, "zh").message
    assert "《湖上》" in message.partition("这里是")[0]
    assert "《天地树》" in message.partition("这里是")[2]


def test_a_returned_ticket_is_void(evening: Evening) -> None:
    ticket = evening.ticket()
    lines = [ticket.line_id]
    evening.world.desk.write_now(void, evening.performance.id, lines, "returned", by="test")
    assert evening.scan(evening.code(ticket)).verdict == Verdict.VOID


def test_a_code_of_an_older_issue_is_void(evening: Evening) -> None:
    ticket = evening.ticket()
    assert evening.scan(evening.code(ticket, issue=2)).verdict == Verdict.VOID


@pytest.mark.parametrize(
    ("before_doors", "verdict"),
    [(EARLY + 1, Verdict.TOO_EARLY), (EARLY, Verdict.ADMITTED)],
)
def test_the_gate_opens_a_little_before_the_doors(
    evening: Evening, before_doors: int, verdict: Verdict
) -> None:
    code = evening.code(evening.ticket())
    evening.clock.at = evening.performance.doors_at - before_doors
    assert evening.scan(code).verdict == verdict


@pytest.mark.parametrize(("late", "verdict"), [(0, Verdict.ADMITTED), (1, Verdict.TOO_LATE)])
def test_the_gate_closes_when_it_is_over(evening: Evening, late: int, verdict: Verdict) -> None:
    code = evening.code(evening.ticket())
    evening.clock.at = evening.performance.ends_at + late
    assert evening.scan(code).verdict == verdict


@pytest.mark.parametrize(
    "code", ["", "http://example.com/", "T" + "0" * 117 + "Z", "\x00", "票" * 2000]
)
def test_what_is_not_ours_is_invalid(evening: Evening, code: str) -> None:
    answer = evening.scan(code)
    assert answer.verdict == Verdict.INVALID
    assert answer.ticket is None


def test_a_forged_code_is_invalid(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    forged = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    assert evening.scan(forged).verdict == Verdict.INVALID


def test_a_signed_code_without_its_ticket_is_unknown_not_invalid(evening: Evening) -> None:
    ticket = evening.ticket()
    lost = evening.code(ticket, number=ticket.number ^ 1)
    assert evening.scan(lost).verdict == Verdict.UNKNOWN


def test_a_short_number_is_enough_however_it_is_typed(evening: Evening) -> None:
    short = evening.ticket().short
    typed = f" {short[:4].lower()} - {short[4:].lower()}"
    assert evening.scan(typed).verdict == Verdict.ADMITTED
    assert evening.scan(short).verdict == Verdict.ALREADY_ADMITTED


def test_a_short_number_is_known_in_its_own_performance_only(evening: Evening) -> None:
    assert evening.scan(evening.lawn_ticket().short).verdict == Verdict.UNKNOWN


def test_a_scan_sent_again_gets_its_answer_whatever_happened_since(evening: Evening) -> None:
    ticket = evening.ticket()
    code = evening.code(ticket)
    first = evening.scan(code, nonce="once")
    lines = [ticket.line_id]
    evening.world.desk.write_now(void, evening.performance.id, lines, "returned", by="test")
    evening.clock.at = evening.performance.ends_at + 1
    again = evening.scan(code, nonce="once")
    assert (again.verdict, again.admitted_at) == (Verdict.ADMITTED, first.admitted_at)
    assert wording(again, "zh") == wording(first, "zh")
    assert evening.stored() == ["admitted"]


def test_a_refusal_sent_again_stays_a_refusal(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    evening.clock.at = evening.performance.doors_at - EARLY - 1
    evening.scan(code, nonce="early")
    evening.clock.at = evening.performance.doors_at
    assert evening.scan(code, nonce="early").verdict == Verdict.TOO_EARLY
    assert evening.scan(code).verdict == Verdict.ADMITTED


def test_a_nonce_admits_no_other_ticket(evening: Evening) -> None:
    code, other = evening.code(evening.ticket()), evening.code(evening.ticket())
    evening.scan(code, nonce="once")
    with pytest.raises(NonceUsed):
        evening.scan(other, nonce="once")
    assert evening.scan(other).verdict == Verdict.ADMITTED


def test_every_attempt_is_stored_without_its_code(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    for text in (code, code, "nonsense"):
        evening.scan(text, at=evening.clock.at)
        evening.clock.forward(1000)
    assert evening.stored() == ["admitted", "already_admitted", "invalid"]
    rows = str(list(evening.world.ask(sa.select(Scan.__table__))))
    assert code not in rows
    assert "nonsense" not in rows
    assert digest("nonsense") in rows


def test_the_devices_time_counts_unless_it_is_ahead(evening: Evening) -> None:
    scanned_at = evening.clock.at
    code = evening.code(evening.ticket())
    evening.clock.at = evening.performance.ends_at + MINUTE  # sent late: the line was down
    assert evening.scan(code, at=scanned_at).admitted_at == scanned_at
    evening.clock.at = scanned_at
    other = evening.code(evening.ticket())
    assert evening.scan(other, at=scanned_at + MINUTE).admitted_at == scanned_at


def test_unknown_places_are_not_found(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    with pytest.raises(NotFound):
        evening.scan(code, gate="nowhere")
    with pytest.raises(NotFound):
        evening.scan(code, performance="nothing")
    assert evening.stored() == []


def test_a_gate_of_another_hall_is_refused(evening: Evening) -> None:
    with pytest.raises(GateOfAnotherHall):
        evening.scan("anything", gate="lakeside")


def test_the_way_out_is_refused_for_now(evening: Evening) -> None:
    with pytest.raises(OnlyTheWayIn):
        evening.scan("anything", gate=GATE, direction="out")


def test_an_unnumbered_place_has_no_number_at_the_door(evening: Evening) -> None:
    ticket, lawn = evening.lawn_ticket(), evening.world.lawn
    query = sa.select(Performance.doors_at).where(Performance.id == lawn)
    evening.clock.at = evening.world.ask(query).scalar_one()
    answer = evening.scan(evening.code(ticket), gate="lakeside", performance=lawn)
    assert wording(answer, "zh").message == "请进，不对号入座"
    assert wording(answer, "zh").where == ["不对号入座"]
