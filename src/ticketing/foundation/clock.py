"""Time: whole milliseconds since 1970 UTC inside, the venue's zone at the edges."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# from 1970 to 9998: what the calendar can still show in any zone, an hour earlier or later
FIRST, LAST = 0, 253_370_764_799_999

LOCALES = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}  # once: it is slow


class Clock(Protocol):
    def now(self) -> int: ...


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


class SetClock:
    """A clock that somebody sets: for the past in the fixtures and for tests."""

    def __init__(self, now: int) -> None:
        self.at = now

    def now(self) -> int:
        return self.at

    def forward(self, milliseconds: int) -> None:
        self.at += milliseconds


def local(instant: int, zone: str) -> datetime:
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone(ZoneInfo(zone))


def typed(text: str, zone: str) -> int:
    """Return the instant of a wall clock's time as a form sends it; ValueError for what is none."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def as_typed(instant: int, zone: str) -> str:
    """Return what ``typed`` reads back, to the minute."""
    return local(instant, zone).strftime("%Y-%m-%dT%H:%M")


def instant(moment: datetime) -> int:
    """Take an aware datetime; ValueError for what no calendar of ours can show."""
    found = nearest(moment)
    if found in (FIRST, LAST):
        raise ValueError("a time of another age")
    return found


def nearest(moment: datetime) -> int:
    """Return the instant, or the first or the last that we know of: clocks of machines may be very wrong."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone names no instant")
    return min(max(round(moment.timestamp() * 1000), FIRST), LAST)


def midnight(day: date, zone: str) -> int:
    """Return the instant at which the day begins at the venue."""
    return nearest(datetime.combine(day, wall(), ZoneInfo(zone)))


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def iso(instant: int, zone: str) -> str:
    return local(instant, zone).isoformat(timespec="seconds")


PATTERNS = {
    "day": {"zh": "M月d日 EEE", "en": "EEE d MMM"},
    "when": {"zh": "M月d日 EEE HH:mm", "en": "EEE d MMM, HH:mm"},
    "full": {"zh": "y年M月d日（EEE）HH:mm", "en": "EEE d MMM y, HH:mm"},
    "long_day": {"zh": "y年M月d日（EEE）", "en": "EEE d MMM y"},
    "time": {"zh": "HH:mm", "en": "HH:mm"},
    "moment": {"zh": "M月d日 HH:mm", "en": "d MMM, HH:mm"},
    "weekday": {"zh": "EEE", "en": "EEE"},
    "month": {"zh": "M月", "en": "MMM"},
    "month_day": {"zh": "M月d日", "en": "d MMM"},
}


def say_time(instant: int, zone: str, lang: str, style: str = "when") -> str:
    """Write an instant at the venue: 5月23日 周六 15:00."""
    return format_datetime(local(instant, zone), PATTERNS[style][lang], locale=LOCALES[lang])


MORNING = 5  # what begins before this hour belongs to the night of the day before


def say_night(instant: int, zone: str, lang: str) -> str:
    """Return of what begins after midnight to which night it belongs, "" for all else."""
    begins = local(instant, zone)
    if begins.hour >= MORNING:
        return ""
    eve, day = begins.date() - timedelta(days=1), begins.date()
    before, after = (say_day(each, lang, "month_day") for each in (eve, day))
    return f"{before}深夜" if lang == "zh" else f"in the night of {before} to {after}"


def say_day(day: date, lang: str, style: str = "day") -> str:
    return format_date(day, PATTERNS[style][lang], locale=LOCALES[lang])
