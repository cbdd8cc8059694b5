"""The ids behind a file's names, as they stand in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.pricing.models import Funder
from ticketing.programme.models import Person, Production, Season
from ticketing.seating.models import SeatingPlan
from ticketing.venues.models import Hall, Venue

Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by slug; ``plans`` (newest version) by hall."""

    venues: Ids
    seasons: Ids
    productions: Ids
    persons: Ids
    funders: Ids
    halls: Ids
    plans: Ids


def names(tx: Tx) -> Names:
    plans = sa.select(Hall.slug, SeatingPlan.id).join_from(SeatingPlan, Hall)
    return Names(
        venues=_pairs(tx, sa.select(Venue.slug, Venue.id)),
        seasons=_pairs(tx, sa.select(Season.slug, Season.id)),
        productions=_pairs(tx, sa.select(Production.slug, Production.id)),
        persons=_pairs(tx, sa.select(Person.slug, Person.id)),
        funders=_pairs(tx, sa.select(Funder.slug, Funder.id)),
        halls=_pairs(tx, sa.select(Hall.slug, Hall.id)),
        plans=_pairs(tx, plans.order_by(SeatingPlan.created_at, SeatingPlan.version)),
    )


def _pairs(tx: Tx, query: sa.Select[Any, Any]) -> dict[str, str]:
    return dict(tuple(row) for row in tx.execute(query))
