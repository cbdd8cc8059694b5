"""Every verdict, what it says, and that a scan sent again gets the answer it got."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from evening import OTHER_GATE, Evening
from ticketing.admission.admit import NonceUsed
from ticketing.admission.gate_context import GateOfAnotherHall
from ticketing.admission.models import Scan, Verdict
from ticketing.admission.verdict import EARLY
from ticketing.admission.wording.verdicts import wording
from ticketing.foundation.clock import MINUTE, say_time
from ticketing.foundation.codes import digest
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.programme.models import Performance
from ticketing.tickets.void import void


def test_a_ticket_is_let_in_and_told_where_to_sit(evening: Evening) -> None:
    answer = evening.scan(evening.code(evening.ticket()))
    assert answer.verdict == Verdict.ADMITTED
    assert (answer.inside, answer.here.rules.capacity) == (1, 150)
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


def test_an_unnumbered_place_has_no_number_at_the_door(evening: Evening) -> None:
    ticket, lawn = evening.lawn_ticket(), evening.world.lawn
    query = sa.select(Performance.doors_at).where(Performance.id == lawn)
    evening.clock.at = evening.world.ask(query).scalar_one()
    answer = evening.scan(evening.code(ticket), gate="lakeside", performance=lawn)
    assert wording(answer, "zh").message == "请进，不对号入座"
    assert wording(answer, "zh").where == ["不对号入座"]


def test_who_left_comes_back_in(evening: Evening) -> None:
    code = evening.code(evening.ticket())
    ways = ("in", "out", "out", "in", "in")
    answers = [evening.scan(code, direction=way) for way in ways]
    assert [answer.verdict for answer in answers] == [
        "admitted", "left", "not_inside", "admitted", "already_admitted",
    ]  # fmt: skip
    assert [answer.inside for answer in answers] == [1, 0, 0, 1, 1]
    assert wording(answers[1], "zh").message == "已出场，北侧矮凳 1 号，可以再进"


def test_a_direction_is_in_or_out(evening: Evening) -> None:
    with pytest.raises(BadInput):
        evening.scan("anything", direction="sideways")


def test_a_latecomer_waits_for_the_break_and_goes_in_then(evening: Evening) -> None:
    evening.set(late_breaks=[22, 45])
    code, start = evening.code(evening.ticket()), evening.performance.starts_at
    evening.clock.at = start + 10 * MINUTE
    answer = evening.scan(code)
    assert (answer.verdict, answer.decision.goes_in_at) == ("too_late", start + 22 * MINUTE)
    time = say_time(start + 22 * MINUTE, "Asia/Shanghai", "zh", "time")
    assert wording(answer, "zh").where[0] == f"{time} 一起进"
    assert wording(answer, "en").sign == "wait"
    evening.clock.at = start + 23 * MINUTE
    assert evening.scan(code).verdict == "admitted"
    evening.clock.at = start + 70 * MINUTE
    assert wording(evening.scan(evening.code(evening.ticket())), "zh").head == "已经散场"


def test_a_gate_of_other_sections_names_the_right_one(evening: Evening) -> None:
    evening.set_gate(OTHER_GATE, sections=["chair"])
    code = evening.code(evening.ticket())
    answer = evening.scan(code, gate=OTHER_GATE)
    assert answer.verdict == "wrong_gate"
    assert wording(answer, "zh").message == "北侧矮凳 1 号不从这个门进，请走：门 A"
    assert evening.scan(code).verdict == "admitted"


def test_when_the_approved_number_is_inside_it_stops_and_says_so(evening: Evening) -> None:
    codes = [evening.code(evening.ticket()) for _ in range(3)]
    evening.approve(2)
    answers = [evening.scan(code) for code in codes]
    assert [answer.verdict for answer in answers] == ["admitted", "admitted", "house_full"]
    assert wording(answers[2], "zh").where == ["场内 2 / 2", "矮凳 3 号"]
    evening.scan(codes[0], direction="out")
    assert evening.scan(codes[2]).verdict == "admitted"


def test_a_rotating_code_is_good_for_its_minute(evening: Evening) -> None:
    evening.set(rotating="strict")
    ticket = evening.ticket()
    assert evening.scan(evening.code(ticket)).verdict == "stale_code"  # it does not rotate
    code = evening.code(ticket, rotating=True)
    evening.clock.forward(2 * MINUTE)
    assert evening.scan(code).verdict == "stale_code"  # a picture of it
    assert evening.scan(ticket.short).verdict == "stale_code"
    assert evening.scan(evening.code(ticket, rotating=True)).verdict == "admitted"


def test_where_codes_rotate_paper_and_a_supervisors_word_count_by_policy(evening: Evening) -> None:
    evening.set(rotating="strict")
    ticket = evening.ticket()
    assert evening.scan(ticket.short, vouched=True).verdict == "admitted"
    evening.set(rotating="paper")
    assert evening.scan(evening.code(evening.ticket())).verdict == "admitted"


def test_a_scan_tells_who_else_comes_with_the_order(evening: Evening) -> None:
    tickets = evening.tickets(3)
    answer = evening.scan(evening.code(tickets[0]))
    assert [fellow.short for fellow in answer.party] == [ticket.short for ticket in tickets[1:]]
    assert evening.scan(tickets[1].short).party == answer.party[1:]


def test_a_device_counts_its_scans_and_gives_each_number_once(evening: Evening) -> None:
    code, other = evening.code(evening.ticket()), evening.code(evening.ticket())
    evening.scan(code, nonce="a", device="phone", sequence=1)
    assert evening.scan(code, nonce="a", device="phone", sequence=1).verdict == "admitted"
    with pytest.raises(NonceUsed):
        evening.scan(other, nonce="b", device="phone", sequence=1)
    assert evening.scan(other, nonce="c", device="phone", sequence=2).verdict == "admitted"


def test_an_usher_is_told_what_to_look_at(evening: Evening) -> None:
    evening.set_type("funded", proof=1, child=1)
    code = evening.code(evening.ticket())
    answer = evening.scan(code)
    assert wording(answer, "zh").attention == ["请看证件：惠民价", "有孩子，按儿童规则：惠民价"]
    assert answer.place
    seat = replace(answer.place.seat, attributes=("wheelchair",))
    moved = replace(answer, place=answer.place._replace(seat=seat))
    assert wording(moved, "en").attention[-1] == "Wheelchair place: lead the way"
    assert wording(evening.scan(code), "zh").attention == []  # it is in already
