"""Questions about the building."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.foundation.words import Words
from ticketing.venues.models import Gate, Hall, Venue


class GateSign(NamedTuple):
    """A gate with what stands over it. ``zone`` is the venue's; ``sections`` it leads to, none: all."""

    name: str
    label: Words
    hall_id: str
    hall: Words
    venue: Words
    zone: str
    sections: list[str]


GATES = (
    sa.select(
        Gate.name,
        Gate.label,
        Gate.hall_id,
        Hall.name.label("hall"),
        Venue.name.label("venue"),
        Venue.zone,
        Gate.sections,
    )
    .join(Hall, Hall.id == Gate.hall_id)
    .join(Venue, Venue.id == Hall.venue_id)
    .order_by(Gate.name)
)


def gate(tx: Tx, name: str) -> GateSign:
    """Raises NotFound."""
    if found := tx.execute(GATES.where(Gate.name == name)).first():
        return GateSign._make(found)
    raise NotFound()


def gates(tx: Tx) -> list[GateSign]:
    return [GateSign._make(row) for row in tx.execute(GATES)]
