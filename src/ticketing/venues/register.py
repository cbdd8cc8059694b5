"""Register the building: venues, halls, gates. Each act is harmless when repeated."""

from collections.abc import Sequence

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.upsert import keep_row
from ticketing.foundation.errors import Refused
from ticketing.foundation.front import Front
from ticketing.foundation.reading import search_text
from ticketing.foundation.words import Words
from ticketing.venues.models import Gate, Hall, SeatingPlan, Venue


class NoSuchHall(Refused):
    status = 404
    type = "no-such-hall"
    zh = "没有名为 {slug} 的厅；已有：{known}。"
    en = "There is no hall {slug}; there are: {known}."


def register_venue(
    tx: Tx, slug: str, *, name: Words, address: Words, directions: Words, zone: str,
    demo: bool, by: str, now: int,
) -> str:  # fmt: skip
    """Return the venue's id. ``zone`` is an IANA name, such as Asia/Shanghai."""
    values = {
        "name": name, "search": search_text(name), "address": address, "directions": directions,
        "zone": zone, "demo": int(demo),
    }  # fmt: skip
    return keep_row(tx, Venue, {"slug": slug}, values, by=by, now=now)


def register_hall(tx: Tx, slug: str, *, venue_id: str, name: Words, by: str, now: int) -> str:
    """Return the hall's id."""
    values = {"venue_id": venue_id, "name": name}
    return keep_row(tx, Hall, {"slug": slug}, values, by=by, now=now)


def register_gate(
    tx: Tx, name: str, *, hall_id: str, label: Words, sections: Sequence[str] = (),
    by: str, now: int,
) -> None:  # fmt: skip
    """``name`` is unique in an installation: it stands in the scanners' addresses.

    ``sections``: the keys of those it leads to; none: to all.
    """
    values = {"hall_id": hall_id, "label": label, "sections": list(sections)}
    keep_row(tx, Gate, {"name": name}, values, by=by, now=now)


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
