"""What comes back of a ticket, and the stairs that show it."""

import re

import pytest

from ticketing.foundation.clock import HOUR
from ticketing.pricing.ladder import given_back, steps
from ticketing.pricing.ladder_words import Example
from ticketing.pricing.staircase import staircase

STARTS = 1_779_519_600_000  # 2026-05-23 15:00 in Jiaxing
OPENS = STARTS - 20 * 24 * HOUR
COMMON = [
    {"hours_before": 0, "fee_percent": 100},
    {"hours_before": 168, "fee_percent": 0},
    {"hours_before": 24, "fee_percent": 50},
    {"hours_before": 72, "fee_percent": 20},
]
SIXTY = Example(6000, "CNY", steps(COMMON, STARTS), OPENS, STARTS, "Asia/Shanghai")


def heights(drawing: str) -> list[int]:
    return [int(height) for height in re.findall(r'class="step"[^>]* height="(\d+)"', drawing)]


def marker(drawing: str) -> int | None:
    found = re.search(r'class="now" d="M(\d+)', drawing)
    return int(found[1]) if found else None


@pytest.mark.parametrize(
    ("paid", "percent", "back"),
    [(6000, 0, 6000), (6000, 20, 4800), (6000, 100, 0), (99, 50, 50), (1, 99, 1), (0, 50, 0)],
)
def test_the_fee_is_rounded_down(paid: int, percent: int, back: int) -> None:
    assert given_back(paid, percent) == back


def test_the_steps_go_down_to_curtain() -> None:
    found = steps(COMMON, STARTS)
    assert [step.fee_percent for step in found] == [0, 20, 50, 100]
    assert [step.until for step in found] == [STARTS - h * HOUR for h in (168, 72, 24, 0)]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_height_of_a_step_is_the_money(narrow: bool) -> None:
    first, *others = heights(staircase(SIXTY, OPENS, "zh", narrow=narrow))
    assert first > 100
    assert others == [pytest.approx(first * part, abs=1) for part in (0.8, 0.5, 0)]


def test_the_marker_stands_in_its_step_in_proportion() -> None:
    second = [STARTS - 168 * HOUR, STARTS - 72 * HOUR]
    assert marker(staircase(SIXTY, OPENS, "zh")) == 0
    assert marker(staircase(SIXTY, second[0], "zh")) == 135
    assert marker(staircase(SIXTY, sum(second) // 2, "zh")) == pytest.approx(202, abs=1)


@pytest.mark.parametrize("now", [OPENS - 1, STARTS])
def test_there_is_no_marker_before_the_sale_and_after_the_curtain(now: int) -> None:
    assert marker(staircase(SIXTY, now, "zh")) is None


def test_the_stairs_are_a_sentence_for_those_who_listen() -> None:
    drawing = staircase(SIXTY, OPENS, "en")
    assert "A ticket at ¥60: until 16 May, 15:00: ¥60 back" in drawing
    assert "until 23 May, 15:00: nothing" in drawing


def test_a_sale_that_opens_late_marks_the_step_it_is_in() -> None:
    late = Example(6000, "CNY", SIXTY.steps, STARTS - 48 * HOUR, STARTS, "Asia/Shanghai")
    assert marker(staircase(late, STARTS - 48 * HOUR, "zh")) == 270
