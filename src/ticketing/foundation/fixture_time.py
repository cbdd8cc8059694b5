"""Times in fixture files: at the venue, or counted from the day or the moment of loading."""

import re
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

from ticketing.foundation.clock import HOUR, MINUTE, instant, local

GRAIN = 5 * MINUTE  # "now" is a time that could stand on a poster
FORMS = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)|today(?P<days>[+-]\d{1,4})?) (?P<wall>\d\d:\d\d)"
    r"|now(?P<count>[+-]\d{1,4})(?P<unit>[mh])"
)
TimeText = Annotated[
    str,
    Meta(
        description="2026-05-23 15:00, today+2 19:30, now+40m or now-1h",
        extra={"must": "a time: 2026-05-23 15:00, today+2 19:30 or now+40m"},
        extra_json_schema={"pattern": FORMS.pattern.replace("?P<", "?<")},
    ),
]


def resolve(text: str, zone: str, now: int) -> int:
    """Return the instant; ValueError says what may be written instead."""
    found = FORMS.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no time: write 2026-05-23 15:00, today+2 19:30 or now+40m")
    if found["unit"]:
        length = int(found["count"]) * (HOUR if found["unit"] == "h" else MINUTE)
        return now // GRAIN * GRAIN + length
    days = int(found["days"] or 0)
    day = found["day"] or (local(now, zone).date() + timedelta(days=days)).isoformat()
    if found["day"] and not "2000" <= day < "2100":
        raise ValueError(f"{text!r} is no time: a year from 2000 to 2099 is")
    try:
        moment = datetime.fromisoformat(f"{day} {found['wall']}").replace(tzinfo=ZoneInfo(zone))
    except ValueError as error:
        raise ValueError(f"{text!r} is no time: {error}") from None
    at = instant(moment)
    if f"{local(at, zone):%H:%M}" != found["wall"]:
        raise ValueError(f"{text!r} is no time in {zone}: the clocks jump over it that night")
    return at


def is_relative(text: str) -> bool:
    return text.startswith(("today", "now"))


def comparable(a: str, b: str) -> bool:
    """Say whether two times count from the same, so that it is known which is the earlier."""
    return _base(a) == _base(b)


def _base(text: str) -> str:
    return next((base for base in ("today", "now") if text.startswith(base)), "day")
