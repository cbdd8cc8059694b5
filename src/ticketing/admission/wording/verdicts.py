"""Every verdict in words: what, when and where."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ticketing.admission.answer import Answer, Showing
from ticketing.admission.wording.attention import ATTENTION, attention
from ticketing.admission.wording.seat_wording import place_of, seat_of, side_of
from ticketing.admission.wording.texts import TEXTS, Sign, text_of
from ticketing.foundation.clock import say_time
from ticketing.foundation.codes import shown_short
from ticketing.foundation.words import say, title
from ticketing.seating.plan import Seat, Section


class Wording(NamedTuple):
    """What fills the screen (see ``texts.Text``), and the same in one sentence."""

    sign: Sign
    head: str
    where: list[str]
    why: str
    message: str
    attention: list[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text may name, in one language, worked out only where it is named."""

    answer: Answer
    lang: str

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))

    @property
    def number(self) -> str:
        assert self.answer.ticket
        return shown_short(self.answer.ticket.short)

    @property
    def seat(self) -> str:
        return self._placed(seat_of)

    @property
    def side(self) -> str:
        return self._placed(side_of)

    @property
    def place(self) -> str:
        return self._placed(place_of)

    @property
    def type(self) -> str:
        assert self.answer.ticket
        return say(json.loads(self.answer.ticket.type_name or "{}"), self.lang)

    @property
    def entered(self) -> str:
        entered = self.answer.entered
        return say_time(entered.at, self.answer.here.zone, self.lang, "time") if entered else ""

    @property
    def gate(self) -> str:
        return say(self.answer.entered.gate, self.lang) if self.answer.entered else ""

    @property
    def at_gate(self) -> str:
        """Return 在门 A or at gate A, as it stands within a sentence."""
        gate = self.gate
        if self.lang == "en":
            return f"at {gate[:1].lower()}{gate[1:]}"
        return f"在{gate}" + (" " if gate[-1:].isascii() else "")

    @property
    def meant(self) -> str:
        return self._showing(self.answer.meant)

    @property
    def this(self) -> str:
        return self._showing(self.answer.this)

    @property
    def opens(self) -> str:
        return self._moment(self.answer.here.rules.opens_at)

    @property
    def ended(self) -> str:
        return self._moment(self.answer.here.rules.ends_at)

    @property
    def goes_in(self) -> str:
        at = self.answer.decision.goes_in_at
        return say_time(at, self.answer.here.zone, self.lang, "time") if at is not None else ""

    @property
    def right_gates(self) -> str:
        labels = [say(label, self.lang) for label in self.answer.right_gates]
        return ("、" if self.lang == "zh" else ", ").join(labels)

    @property
    def inside(self) -> int:
        return self.answer.inside

    @property
    def capacity(self) -> int:
        return self.answer.here.rules.capacity

    def _placed(self, way: Callable[[Seat, Section, str], str]) -> str:
        return way(*self.answer.place, self.lang) if self.answer.place else ""

    def _showing(self, showing: Showing | None) -> str:
        assert showing
        when = say_time(showing.starts_at, showing.zone, self.lang, "moment")
        return when + (" " if self.lang == "en" else "") + title(showing.title, self.lang)

    def _moment(self, at: int) -> str:
        return say_time(at, self.answer.here.zone, self.lang, "moment")


def wording(answer: Answer, lang: str) -> Wording:
    sign, zh, en = TEXTS[text_of(answer.decision, answer.ticket.standing if answer.ticket else "")]
    facts = Facts(answer, lang)
    head, where, why, message = (text.format_map(facts) for text in (en if lang == "en" else zh))
    lines = [line for line in where.split("\n") if line.strip()]
    notes = [say(ATTENTION[each], lang).format_map(facts) for each in attention(answer)]
    return Wording(sign, head, lines, why, message, notes)
