"""The refund ladder drawn: a staircase down to curtain, whose height is the money given back."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from ticketing.foundation.clock import say_time
from ticketing.pricing.ladder import Step, given_back
from ticketing.pricing.ladder_words import Example, fee, hour, in_words, money, today

ROOM_FOR_WORDS = 62  # units; a lower step has its words above it


@dataclass(frozen=True, slots=True)
class Sheet:
    width: int
    ground: int
    inset: int


@dataclass(frozen=True, slots=True)
class Tread:
    """A step as drawn: from ``left`` to ``right``, so high over the ground."""

    step: Step
    back: int  # fen
    left: float
    right: float
    top: float


TOP = 40
WIDE = Sheet(540, 224, 12)
NARROW = Sheet(328, 204, 6)


def staircase(example: Example, now: int, lang: str, *, narrow: bool = False) -> Markup:
    sheet = NARROW if narrow else WIDE
    treads = _treads(example, sheet)
    words = "".join(_words(tread, example, sheet, lang) for tread in treads)
    return Markup(  # noqa: S704  every word is ours or escaped
        f'<svg class="ladder{" small" if narrow else ""}" role="img" '
        f'viewBox="0 0 {sheet.width} {sheet.ground + 66}" '
        f'aria-label="{escape(in_words(example, lang))}">'
        f"{''.join(_block(tread, sheet) for tread in treads)}{words}"
        f'<path class="edge" d="M0 {treads[0].top:.0f}{_edge(treads)}V{sheet.ground}"/>'
        f'<path class="edge" d="M0 {sheet.ground}H{sheet.width}"/>'
        f"{_now(treads, example, sheet, now, lang)}</svg>"
    )


def _treads(example: Example, sheet: Sheet) -> list[Tread]:
    wide, high = sheet.width / len(example.steps), sheet.ground - TOP
    found = []
    for place, step in enumerate(example.steps):
        back = given_back(example.paid, step.fee_percent)
        top = sheet.ground - high * back / example.paid
        found.append(Tread(step, back, place * wide, (place + 1) * wide, top))
    return found


def _block(tread: Tread, sheet: Sheet) -> str:
    size = f'width="{tread.right - tread.left:.0f}" height="{sheet.ground - tread.top:.0f}"'
    return f'<rect class="step" x="{tread.left:.0f}" y="{tread.top:.0f}" {size}/>'


def _edge(treads: list[Tread]) -> str:
    return "".join(f"V{tread.top:.0f}H{tread.right:.0f}" for tread in treads)


def _words(tread: Tread, example: Example, sheet: Sheet, lang: str) -> str:
    """Write what comes back, what it costs, and until when."""
    inside = sheet.ground - tread.top >= ROOM_FOR_WORDS
    y = tread.top + 34 if inside else tread.top - (32 if tread.back else 14)
    x, end = tread.left + sheet.inset, tread.right - sheet.inset
    day = say_time(tread.step.until, example.zone, lang, "month_day")
    return (
        _text("big", x, y, money(tread.back, example, lang))
        + (_text("soft", x, y + 24, fee(tread.step, lang)) if tread.back else "")
        + _text("soft", end, sheet.ground + 24, day, "end")
        + _text("soft", end, sheet.ground + 44, hour(tread.step, example, lang), "end")
    )


def _text(style: str, x: float, y: float, text: str, anchor: str = "start") -> str:
    return (
        f'<text class="{style}" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _now(treads: list[Tread], example: Example, sheet: Sheet, now: int, lang: str) -> str:
    """Mark where we are; nothing before the sale and after the last step."""
    begins = example.opens_at
    for tread in treads:
        if begins <= now < tread.step.until:
            part = (now - begins) / (tread.step.until - begins)
            x = round(tread.left + part * (tread.right - tread.left))
            return _marker(x, tread.top, sheet, today(now, example, lang))
        begins = max(begins, tread.step.until)
    return ""


def _marker(x: int, top: float, sheet: Sheet, text: str) -> str:
    late = x > sheet.width * 0.6
    return (
        f'<path class="now" d="M{x} 26V{sheet.ground}"/>'
        f'<circle class="now-dot" cx="{x}" cy="{top:.0f}" r="6"/>'
        f"{_text('nowt', x - 12 if late else x + 12, 32, text, 'end' if late else 'start')}"
    )
