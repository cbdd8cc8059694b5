"""The refund ladder in words: what comes back of one ticket, and until when."""

from dataclasses import dataclass

from ticketing.foundation.clock import say_time
from ticketing.foundation.money import short
from ticketing.pricing.ladder import Step, given_back


@dataclass(frozen=True, slots=True)
class Example:
    """A ticket that costs ``paid`` fen; ``opens_at`` is where the first step begins."""

    paid: int
    currency: str
    steps: list[Step]
    opens_at: int
    starts_at: int
    zone: str


def in_words(example: Example, lang: str) -> str:
    """Return the same staircase as a sentence."""
    parts = [step_in_words(step, example, lang) for step in example.steps]
    price = short(example.paid, example.currency)
    if lang == "en":
        return f"A ticket at {price}: " + "; ".join(parts)
    return f"一张 {price} 的票：" + "；".join(parts)


def step_in_words(step: Step, example: Example, lang: str) -> str:
    until = say_time(step.until, example.zone, lang, "moment")
    back = given_back(example.paid, step.fee_percent)
    if not back:
        return f"until {until}: nothing" if lang == "en" else f"{until} 前不退"
    some = short(back, example.currency)
    return f"until {until}: {some} back" if lang == "en" else f"{until} 前退 {some}"


def money(back: int, example: Example, lang: str) -> str:
    nothing = "None" if lang == "en" else "不退"
    return short(back, example.currency) if back else nothing


def fee(step: Step, lang: str) -> str:
    if not step.fee_percent:
        return "no fee" if lang == "en" else "免费退"
    return f"{step.fee_percent}% fee" if lang == "en" else f"手续费 {step.fee_percent}%"


def hour(step: Step, example: Example, lang: str) -> str:
    time = say_time(step.until, example.zone, lang, "time")
    if step.until == example.starts_at:
        return f"{time}, start" if lang == "en" else f"{time} 开演"
    return f"until {time}" if lang == "en" else f"{time} 前"


def today(now: int, example: Example, lang: str) -> str:
    day = say_time(now, example.zone, lang, "month_day")
    return f"now, {day}" if lang == "en" else f"现在，{day}"
