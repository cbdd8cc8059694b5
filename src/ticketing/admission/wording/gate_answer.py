"""The answer to a scan, as programs are told it."""

import msgspec

from ticketing.admission.answer import Answer
from ticketing.admission.models import Verdict
from ticketing.admission.wording.texts import Sign
from ticketing.admission.wording.verdicts import Facts, wording
from ticketing.foundation.clock import iso
from ticketing.foundation.words import say
from ticketing.seating.plan import label


class TicketSeen(msgspec.Struct):
    """In the reader's language. ``seat`` says the whole place: 北侧矮凳 9 号."""

    number: str
    section: str
    section_name: str
    row: str
    row_name: str
    seat: str
    kind: str


class Screen(msgspec.Struct, omit_defaults=True):
    """What fills the screen: ``sign`` is the colour and shape."""

    sign: Sign
    head: str
    where: list[str]
    why: str
    attention: list[str] = []


class FellowSeen(msgspec.Struct):
    """Another ticket of the order on which nobody came in yet, by its short number."""

    number: str
    seat: str


class ScanAnswer(msgspec.Struct, omit_defaults=True):
    """``admitted_at``: when this ticket came in, at the venue's time."""

    verdict: Verdict
    message: str
    inside: int
    capacity: int
    screen: Screen
    ticket: TicketSeen | None = None
    admitted_at: str | None = None
    party: list[FellowSeen] = []


def gate_answer(answer: Answer, lang: str) -> ScanAnswer:
    words = wording(answer, lang)
    return ScanAnswer(
        verdict=answer.verdict,
        message=words.message,
        inside=answer.inside,
        capacity=answer.here.rules.capacity,
        screen=Screen(words.sign, words.head, words.where, words.why, words.attention),
        ticket=seen(answer, lang),
        admitted_at=iso(answer.admitted_at, answer.here.zone) if answer.admitted_at else None,
        party=[FellowSeen(short, label(*place, lang)) for short, place in answer.party],
    )


def seen(answer: Answer, lang: str) -> TicketSeen | None:
    if not (answer.ticket and answer.place):
        return None
    seat, section = answer.place
    return TicketSeen(
        number=answer.ticket.short, section=section.key, section_name=say(section.name, lang),
        row=seat.row, row_name=say(seat.row_name, lang), seat=Facts(answer, lang).place,
        kind=seat.kind,
    )  # fmt: skip


ADMITTED = ScanAnswer(
    verdict=Verdict.ADMITTED,
    message="Come in: North side, low stool 9",
    inside=88,
    capacity=150,
    screen=Screen("yes", "Come in", ["Low stool 9", "North side"], "Ticket K7QM 42"),
    ticket=TicketSeen(
        "K7QM42", "stool", "Low stool", "north", "North side", "North side, low stool 9", "stool"
    ),
    admitted_at="2026-05-23T14:41:07+08:00",
)
INVALID = ScanAnswer(
    verdict=Verdict.INVALID,
    message="This is not one of our tickets, or its code was cut or changed",
    inside=88,
    capacity=150,
    screen=Screen("no", "Not valid", ["Not one of our tickets"], "Type its number."),
)
