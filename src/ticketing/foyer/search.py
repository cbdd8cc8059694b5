"""Find performances: by words, pinyin or initials, by day, by who plays, by venue."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ticketing.desk.db import Tx
from ticketing.foundation.clock import instant, local, midnight, next_day
from ticketing.foundation.errors import BadInput
from ticketing.foyer.listing import Listing, Status, bill

SATURDAY = 5
YEARS = range(1970, 9000)  # within them every moment has an instant, and every day a next one


@dataclass(frozen=True, slots=True)
class Search:
    """``performer`` and ``venue`` are slugs or words; ``since`` and ``until`` a day or a moment."""

    q: str = ""
    since: date | None = None
    until: date | None = None
    performer: str = ""
    venue: str = ""
    weekend: bool = False
    left: bool = False  # only what can be bought now

    def finds(self, listing: Listing) -> bool:
        return self.fits_in_time(listing) and self.fits(listing)

    def fits(self, listing: Listing) -> bool:
        """Say whether it is one of these, whatever the day."""
        show = listing.show
        return (
            within(self.q, everything(listing))
            and (not self.left or listing.status is Status.ON_SALE)
            and (self.venue in ("", show.venue_slug) or within(self.venue, show.venue_search))
            and (not self.performer or any(is_called(self.performer, who) for who in listing.cast))
        )

    def fits_in_time(self, listing: Listing) -> bool:
        at, zone = listing.show.starts_at, listing.show.zone
        return (
            (self.since is None or at >= begin(self.since, zone))
            and (self.until is None or at < end(self.until, zone))
            and (not self.weekend or local(at, zone).weekday() >= SATURDAY)
        )


def look_up(tx: Tx, search: Search, now: int) -> list[Listing]:
    """Return what the search finds of everything there was and will be, by its start."""
    return [listing for listing in bill(tx, now) if search.finds(listing)]


def everything(listing: Listing) -> str:
    """Return all that a search looks into."""
    show = listing.show
    people = [who.search for who in (*listing.cast, *listing.makers)]
    named = [*show.kind.values(), *show.season_name.values(), *show.hall_name.values()]
    return " ".join([show.search, *people, *named, show.venue_search])


def is_called(name: str, who: object) -> bool:
    slug, text = getattr(who, "slug", ""), getattr(who, "search", "")
    return name == slug or within(name, text)


def within(words: str, text: str) -> bool:
    """Say whether all the words stand in the text, whatever their case, width or title marks."""
    looked_into = plain(text)
    return all(word in looked_into for word in plain(words).split())


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).casefold()


def begin(bound: date, zone: str) -> int:
    """Return the first instant of a day at the venue, or the moment itself."""
    if not isinstance(bound, datetime):
        return midnight(bound, zone)
    return instant(bound if bound.tzinfo else bound.replace(tzinfo=ZoneInfo(zone)))


def end(bound: date, zone: str) -> int:
    """Return the instant after: the next midnight, or the one behind the moment."""
    if not isinstance(bound, datetime):
        return midnight(next_day(bound), zone)
    return begin(bound, zone) + 1


def day_or_moment(text: str | None, field: str) -> date | None:
    """Read ISO 8601: 2026-05-23, or 2026-05-23T15:00:00+08:00."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise BadInput(
            field,
            f"“{field}”要写成 2026-05-23 或 2026-05-23T15:00:00+08:00。",
            f"“{field}” must read like 2026-05-23 or 2026-05-23T15:00:00+08:00.",
        )
    return found
