"""The festival page: what is to come and what was, its days, and what one may look for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ticketing.desk.db import Tx
from ticketing.foundation.clock import local
from ticketing.foundation.words import Words
from ticketing.foyer.listing import Listing, Status, bill
from ticketing.foyer.search import Search
from ticketing.pricing.queries import funds
from ticketing.programme.queries import seasons

RING = ("cushion", "stool")
LONG = 31  # days; a longer run shows only the days on which something is on


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int  # performances


@dataclass(frozen=True, slots=True)
class Card:
    """A production of a season and its dates."""

    dates: list[Listing]

    @property
    def first(self) -> Listing:
        return self.dates[0]


@dataclass(frozen=True, slots=True)
class Festival:
    """``season`` stands at the top; ``venues`` by slug, ``performer`` as the search names one; ``next`` of all,
    and ``after`` the day that the search names."""

    season: Any
    days: list[Day]
    coming: list[Card]
    past: list[Card]
    next: Listing | None
    after: Listing | None
    venues: dict[str, Words]
    funded: bool  # whether somebody pays a part of a price
    ring: bool  # whether one sits round a stage, on cushions or stools
    performer: Words | None


def festival(tx: Tx, search: Search, now: int) -> Festival:
    """Return what the search finds; the next comes first, of the past the last."""
    everything = bill(tx, now)
    coming = [each for each in everything if not each.past]
    given = [each for each in coming if each.status is not Status.CANCELLED]
    past = [each for each in reversed(everything) if each.past]
    leading = next(iter(coming or past), None)
    season = seasons(tx)[leading.show.season_id] if leading else None
    same = [each for each in coming or past if season and each.show.season_id == season.id]
    return Festival(
        season=season,
        days=days(same, search),
        coming=cards(each for each in coming if search.finds(each)),
        past=cards(each for each in past if search.finds(each)),
        next=next(iter(given), None),
        after=next((each for each in given if search.since and day_of(each) > search.since), None),
        venues={each.show.venue_slug: each.show.venue_name for each in coming},
        funded=funds(tx, [each.show.id for each in everything]),
        ring=any(section.kind in RING for each in same for section in each.plan.sections),
        performer=named(everything, search.performer),
    )


def cards(found: Iterable[Listing]) -> list[Card]:
    """Gather the dates of each production, in the order of the first of them."""
    groups: dict[tuple[str, str], list[Listing]] = {}
    for each in found:
        groups.setdefault((each.show.season_id, each.show.production_id), []).append(each)
    return [Card(dates) for dates in groups.values()]


def days(listings: list[Listing], search: Search) -> list[Day]:
    """Return the run from its first day to its last; counted is what fits the search."""
    counts = Counter(day_of(each) for each in listings if search.fits(each))
    on = sorted({day_of(each) for each in listings})
    if not on or (on[-1] - on[0]).days > LONG:
        return [Day(day, counts[day]) for day in on]
    run = (on[0] + timedelta(days=n) for n in range((on[-1] - on[0]).days + 1))
    return [Day(day, counts[day]) for day in run]


def day_of(listing: Listing) -> date:
    return local(listing.show.starts_at, listing.show.zone).date()


def named(listings: list[Listing], slug: str) -> Words | None:
    """Return the name of the performer whom the search names by a slug."""
    everybody = (who for each in listings for who in each.cast)
    return next((who.name for who in everybody if slug and who.slug == slug), None)
