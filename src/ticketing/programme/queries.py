"""Questions about the programme."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Statement, Tx
from ticketing.foundation.errors import NotFound
from ticketing.programme.models import CastMember, Credit, Performance, Person, Production, Season
from ticketing.venues.models import Hall, Venue

ZONE = Statement(
    sa.select(Venue.zone)
    .join(Hall, Hall.venue_id == Venue.id)
    .join(Performance, Performance.hall_id == Hall.id)
    .where(Performance.id == sa.bindparam("id"))
)
SHOWING = (
    sa.select(
        Performance.__table__,
        Production.slug.label("production_slug"), Production.title, Production.kind,
        Production.synopsis, Production.language, Production.duration_minutes,
        Production.interval_minutes, Production.chapters, Production.poster, Production.search,
        Production.demo.label("production_demo"),
        Season.slug.label("season_slug"), Season.name.label("season_name"),
        Hall.slug.label("hall_slug"), Hall.name.label("hall_name"),
        Venue.slug.label("venue_slug"), Venue.name.label("venue_name"),
        Venue.search.label("venue_search"),
        Venue.address, Venue.directions, Venue.zone, Venue.demo.label("venue_demo"),
    )
    .join(Production, Production.id == Performance.production_id)
    .join(Season, Season.id == Performance.season_id)
    .join(Hall, Hall.id == Performance.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
)  # fmt: skip
PLAYERS = sa.select(
    CastMember.performance_id.label("owner"), CastMember.role, CastMember.note,
    Person.slug, Person.name, Person.search,
).join(Person, Person.id == CastMember.person_id)  # fmt: skip
MAKERS = sa.select(
    Credit.production_id.label("owner"), Credit.role, Person.slug, Person.name, Person.search
).join(Person, Person.id == Credit.person_id)


def zone_of(tx: Tx, performance_id: str) -> str:
    row = tx.first(ZONE, id=performance_id)
    if row is None:
        raise NotFound()
    return str(row[0])


def by_slug(tx: Tx, slug: str) -> sa.Row[Any]:
    """Return a published performance with its production, hall and venue."""
    return _one(tx, Performance.slug == slug)


def by_id(tx: Tx, performance_id: str) -> sa.Row[Any]:
    return _one(tx, Performance.id == performance_id)


def showings(tx: Tx) -> list[sa.Row[Any]]:
    """Return every published performance, by its start."""
    query = SHOWING.where(Performance.published_at.is_not(None))
    return list(tx.execute(query.order_by(Performance.starts_at, Performance.id)))


def shown_again(tx: Tx, show: sa.Row[Any], now: int) -> list[sa.Row[Any]]:
    """Return the other performances of the same piece that are not over, by their start."""
    query = SHOWING.where(
        Performance.published_at.is_not(None),
        Performance.production_id == show.production_id,
        Performance.id != show.id,
        Performance.ends_at > now,
    )
    return list(tx.execute(query.order_by(Performance.starts_at, Performance.id)))


def seasons(tx: Tx) -> dict[str, sa.Row[Any]]:
    """Return every season by its id."""
    return {row.id: row for row in tx.execute(sa.select(Season.__table__))}


def cast(tx: Tx, performance_id: str) -> list[sa.Row[Any]]:
    return casts(tx, [performance_id]).get(performance_id, [])


def casts(tx: Tx, performance_ids: Iterable[str]) -> dict[str, list[sa.Row[Any]]]:
    """Return who plays, by performance, in the order of the poster."""
    here = CastMember.performance_id.in_(performance_ids)
    return _by_owner(tx, PLAYERS.where(here).order_by(CastMember.position))


def makers(tx: Tx, production_ids: Iterable[str]) -> dict[str, list[sa.Row[Any]]]:
    """Return who made it, by production, in the order of the poster."""
    here = Credit.production_id.in_(production_ids)
    return _by_owner(tx, MAKERS.where(here).order_by(Credit.position))


def _by_owner(tx: Tx, query: sa.Select[*tuple[Any, ...]]) -> dict[str, list[sa.Row[Any]]]:
    found = defaultdict(list)
    for row in tx.execute(query):
        found[row.owner].append(row)
    return dict(found)


def _one(tx: Tx, which: sa.ColumnElement[bool]) -> sa.Row[Any]:
    row = tx.execute(SHOWING.where(which, Performance.published_at.is_not(None))).first()
    if row is None:
        raise NotFound()
    return row
