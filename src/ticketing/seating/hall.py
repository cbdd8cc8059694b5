"""The hall that a plan is of: a plan nobody knows gets one."""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.foundation.front import Front
from ticketing.seating.models import SeatingPlan
from ticketing.venues.models import Hall, Venue
from ticketing.venues.register import register_hall, register_venue


class NoSuchHall(Refused):
    status = 404
    type = "no-such-hall"
    zh = "没有名为 {slug} 的厅；已有：{known}。"
    en = "There is no hall {slug}; there are: {known}."


def hall_for(tx: Tx, plan: str, slug: str, *, title: str, by: str, now: int) -> str:
    """Return the id of the hall of this slug, or where none is named the one the plan is of.

    A plan nobody knows gets a hall of its own, called by the title, in a venue of its own; a hall and
    a venue that are there already stay as they are. Raises NoSuchHall.
    """
    if slug:
        halls = dict(tuple(row) for row in tx.execute(sa.select(Hall.slug, Hall.id)))
        if slug not in halls:
            raise NoSuchHall(slug=slug, known=", ".join(sorted(halls)) or "-")
        return str(halls[slug])
    query = sa.select(SeatingPlan.hall_id).where(SeatingPlan.name == plan)
    if known := tx.execute(query.order_by(SeatingPlan.version.desc())).scalars().first():
        return str(known)
    if hall := tx.execute(sa.select(Hall.id).where(Hall.slug == plan)).scalar():
        return str(hall)
    name, nothing = {"zh": title, "en": title}, {"zh": "", "en": ""}
    venue_id = tx.execute(sa.select(Venue.id).where(Venue.slug == plan)).scalar() or register_venue(
        tx, plan, name=name, address=nothing, directions=nothing, zone=Front.house["zone"], demo=False,
        by=by, now=now,
    )  # fmt: skip
    return register_hall(tx, plan, venue_id=venue_id, name=name, by=by, now=now)
