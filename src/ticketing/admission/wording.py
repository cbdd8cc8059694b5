"""Every verdict in words: what, when and where."""

from dataclasses import dataclass
from typing import NamedTuple

from ticketing.admission.admit import EARLY
from ticketing.admission.answer import Answer, Showing
from ticketing.admission.texts import TEXTS, Sign
from ticketing.foundation.clock import say_time
from ticketing.foundation.codes import shown_short
from ticketing.foundation.pages import title
from ticketing.foundation.words import say
from ticketing.venues.plan import label


class Wording(NamedTuple):
    """What fills the screen (see ``texts.Text``), and the same in one sentence."""

    sign: Sign
    head: str
    where: list[str]
    why: str
    message: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text may name, in one language, worked out only where it is named."""

    answer: Answer
    lang: str

    @property
    def number(self) -> str:
        assert self.answer.ticket
        return shown_short(self.answer.ticket.short)

    @property
    def seat(self) -> str:
        """Return 矮凳 9 号, without its row; the section alone where places have no numbers."""
        assert self.answer.place
        seat, section = self.answer.place
        tier = say(section.name, self.lang)
        if not section.numbered:
            return tier
        return f"{tier} {seat.name}" + ("" if self.lang == "en" else " 号")

    @property
    def side(self) -> str:
        assert self.answer.place
        seat, section = self.answer.place
        return say(seat.row_name, self.lang) if section.numbered else ""

    @property
    def place(self) -> str:
        assert self.answer.place
        seat, section = self.answer.place
        return label(seat, section, self.lang) if section.numbered else self.seat

    @property
    def entered(self) -> str:
        assert self.answer.entered
        return say_time(self.answer.entered.at, self.answer.here.zone, self.lang, "time")

    @property
    def gate(self) -> str:
        assert self.answer.entered
        return say(self.answer.entered.gate, self.lang)

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
        return self._moment(self.answer.here.doors_at - EARLY)

    @property
    def ended(self) -> str:
        return self._moment(self.answer.here.ends_at)

    def _showing(self, showing: Showing | None) -> str:
        assert showing
        when = say_time(showing.starts_at, showing.zone, self.lang, "moment")
        return when + (" " if self.lang == "en" else "") + title(showing.title, self.lang)

    def _moment(self, at: int) -> str:
        return say_time(at, self.answer.here.zone, self.lang, "moment")


def wording(answer: Answer, lang: str) -> Wording:
    sign, zh, en = TEXTS[answer.verdict]
    head, where, why, message = (
        text.format(Facts(answer, lang)) for text in (en if lang == "en" else zh)
    )
    return Wording(sign, head, where.rstrip().split("\n"), why, message)
