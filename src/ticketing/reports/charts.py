"""Where the lines and bars of the charts stand, in units of their drawings; the templates draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ticketing.foundation.clock import DAY, HOUR, MINUTE, local, midnight
from ticketing.reports.curve import Arrivals, Evening, Step

TICKS = (15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 12 * HOUR, DAY)
MOST_TICKS = 8
LABEL = 26  # the least between a line's own number and the label of the approved number


class Frame(NamedTuple):
    """The part of a drawing in which values stand: times across, people upwards."""

    left: float
    right: float
    top: float
    bottom: float
    start: int
    end: int
    most: int

    def x(self, at: int) -> float:
        part = (at - self.start) / max(1, self.end - self.start)
        return round(self.left + part * (self.right - self.left), 1)

    def y(self, people: int) -> float:
        return round(self.bottom - people / max(1, self.most) * (self.bottom - self.top), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """``rows``: (y, people); ``times``: (x, instant, anchor); ``cap``: y of the approved number."""

    points: str
    total: int
    x: float
    y: float
    label: float
    cap: float
    rows: list[tuple[float, int]]
    times: list[tuple[float, int, str]]
    by_hour: bool


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    middle: float
    people: int


@dataclass(frozen=True, slots=True)
class Bars:
    """``times``: (x, instant); ``begins``: x of the performance's start."""

    bars: list[Bar]
    times: list[tuple[float, int]]
    begins: float


def line(steps: Sequence[Step], until: int, capacity: int, zone: str) -> Line:
    """Draw how a sale went on, up to the approved number, 720 x 300 units."""
    frame = Frame(44, 636, 32, 266, steps[0].at, max(until, steps[-1].at), capacity)
    x, y, cap = frame.x(steps[-1].at), frame.y(steps[-1].total), frame.y(capacity)
    return Line(
        points=points(steps, frame), total=steps[-1].total, x=x, y=y, cap=cap,
        label=max(y + 6, cap + LABEL) if y < cap + LABEL else y + 6,
        rows=[(frame.y(people), people) for people in rows(capacity)],
        times=list(_times(frame, zone)), by_hour=frame.end - frame.start <= 2 * DAY,
    )  # fmt: skip


def spark(steps: Sequence[Step], until: int, capacity: int) -> Line:
    """Draw the same as a small line without words, 150 x 46 units."""
    frame = Frame(0, 146, 6, 43, steps[0].at, max(until, steps[-1].at), capacity)
    x, y = frame.x(steps[-1].at), frame.y(steps[-1].total)
    return Line(points(steps, frame), steps[-1].total, x, y, y, frame.y(capacity), [], [], False)


def points(steps: Iterable[Step], frame: Frame) -> str:
    return " ".join(f"{frame.x(step.at):g},{frame.y(step.total):g}" for step in steps)


def rows(capacity: int) -> list[int]:
    """Return round numbers from 0 on, at most four, none close under the capacity."""
    sizes = (unit * 10**power for power in range(7) for unit in (1, 2, 5))
    size = next(size for size in sizes if capacity / size <= 4)
    return [people for people in range(0, capacity, size) if people <= capacity * 0.9]


def _times(frame: Frame, zone: str) -> Iterable[tuple[float, int, str]]:
    """Yield the ends and two moments between: midnights, unless it is all within two days."""
    yield frame.left, frame.start, "start"
    for third in (1, 2):
        at = frame.start + third * (frame.end - frame.start) // 3
        if frame.end - frame.start > 2 * DAY:
            at = midnight(local(at, zone).date(), zone)
        yield frame.x(at), at, "middle"
    yield frame.right, frame.end, "end"


def bars(evening: Evening, doors_at: int, starts_at: int) -> Bars | None:
    """Draw who came when, 480 x 262 units; None where nobody did."""
    came, slot = evening.came, evening.minutes * MINUTE
    if not came:
        return None
    begin, end = min(doors_at, came[0].at), max(starts_at, came[-1].at) + slot
    frame = Frame(34, 480, 40, 232, begin, end, max(each.people for each in came))
    width = round((frame.right - frame.left) * slot / (end - begin), 1)
    return Bars(
        bars=[_bar(each, frame, width) for each in came],
        times=[(frame.x(at), at) for at in ticks(begin, end)],
        begins=frame.x(starts_at),
    )


def ticks(begin: int, end: int) -> Iterable[int]:
    """Return the moments that are written below, round ones where the evening is no longer than a week."""
    least = (end - begin) / MOST_TICKS
    every = next((each for each in TICKS if each >= least), int(least) + 1)
    return range(begin + -begin % every, end, every)


def _bar(each: Arrivals, frame: Frame, width: float) -> Bar:
    x, y = frame.x(each.at), frame.y(each.people)
    gap = min(6.0, width * 0.2)
    return Bar(
        round(x + gap / 2, 1), y, round(width - gap, 1), round(frame.bottom - y, 1),
        round(x + width / 2, 1), each.people,
    )  # fmt: skip
