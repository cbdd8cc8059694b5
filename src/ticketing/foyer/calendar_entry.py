"""A performance for the reader's own calendar: iCalendar, RFC 5545."""

from typing import Any

from icalendar import Calendar, Event

from ticketing.foundation.clock import local
from ticketing.foundation.words import say, title


def calendar_entry(show: Any, page: str, lang: str, now: int) -> bytes:
    """``show`` is a row of ``programme.queries``, ``page`` the performance's address."""
    doors = local(show.doors_at, show.zone).strftime("%H:%M")
    event = Event()
    event.add("uid", f"{show.id}@{page.split('/')[2]}")
    event.add("dtstamp", local(now, "UTC"))
    event.add("dtstart", local(show.starts_at, show.zone))
    event.add("dtend", local(show.ends_at, show.zone))
    event.add("summary", title(show.title, lang))
    event.add("location", f"{say(show.venue_name, lang)}, {say(show.address, lang)}")
    event.add("description", f"Doors {doors}. {page}" if lang == "en" else f"{doors} 开门。{page}")
    event.add("url", page)
    event.add("status", "CANCELLED" if show.cancelled_at else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//ticketing//performances//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
