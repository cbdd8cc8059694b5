"""A chart shows its evening, however wrong a clock or a date was: what it draws is bounded by that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketing.foundation.clock import DAY, FIRST, HOUR, LAST, MINUTE
from ticketing.reports.charts import bars, line, ticks
from ticketing.reports.curve import MOST_SLOTS, Arrivals, Evening, curve

TIMES = st.integers(FIRST, LAST)
CHANGES = st.lists(st.tuples(TIMES, st.integers(-5, 5)), max_size=20).map(sorted)


@given(CHANGES, TIMES, TIMES)
@settings(max_examples=200, deadline=1000)
def test_a_curve_has_a_point_a_day_for_a_year_at_most(
    changes: list[tuple[int, int]], opens: int, until: int
) -> None:
    steps = curve(changes, opens, until, "Asia/Shanghai")
    assert 1 <= len(steps) <= 369
    before = sum(change for at, change in changes if at < steps[-1].at)
    assert steps[-1].total == before
    assert len(line(steps, until, 150, "Asia/Shanghai").points) < 10_000


@given(TIMES, st.integers(1, 30 * DAY), st.data())
@settings(max_examples=200, deadline=1000)
def test_the_bars_of_an_evening_are_few(begins: int, length: int, data: st.DataObject) -> None:
    slots = st.integers(begins, begins + length).map(lambda at: Arrivals(at, 1))
    came = sorted(data.draw(st.lists(slots, min_size=1, max_size=MOST_SLOTS)))
    drawn = bars(Evening(came, 5, 0), begins, begins + length)
    assert drawn is not None
    assert len(drawn.times) <= 10


@pytest.mark.parametrize("hours", [1, 3, 12, 24 * 7, 24 * 400])
def test_moments_below_a_chart_are_few(hours: int) -> None:
    assert 1 <= len(list(ticks(MINUTE, MINUTE + hours * HOUR))) <= 9
