"""What stands in the house today, in the words of ``said``: only what a file can say."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from ticketing.accounts.models import House
from ticketing.desk.db import Base, Tx
from ticketing.pricing.models import Funder, Promotion
from ticketing.pricing.queries import price_list
from ticketing.programme.models import (
    CastMember,
    Credit,
    Performance,
    Person,
    Production,
    Season,
)
from ticketing.seating.models import SeatingPlan
from ticketing.tickets.models import Headcount
from ticketing.venues.models import Gate, Hall, Venue
from ticketing.world.said import Fields, priced

Standing = dict[tuple[str, str], Fields]
PLAIN: dict[str, tuple[type[Base], str]] = {
    "funder": (Funder, "slug"), "promotion": (Promotion, "code"), "venue": (Venue, "slug"),
    "season": (Season, "slug"), "person": (Person, "slug"), "production": (Production, "slug"),
    "performance": (Performance, "slug"), "house": (House, "id"),
}  # fmt: skip


def standing(tx: Tx) -> Standing:
    """Return every thing by its kind and key, with more fields than a file has."""
    found: Standing = {}
    slugs: dict[str, str] = {}
    for kind, (model, key) in PLAIN.items():
        for row in _rows(tx, model):
            name = "" if kind == "house" else str(row[key])
            found[kind, name] = row
            slugs[str(row.get("id"))] = name
    for slug, fields in _halls(tx):
        found["hall", slug] = fields
    gates = sa.select(Gate.name, Gate.label, Gate.sections, Hall.slug.label("hall")).join(Hall)
    for gate in tx.execute(gates).mappings():
        found["gate", gate["name"]] = dict(gate)
    makers, players = _parts(tx, Credit, "production_id"), _parts(tx, CastMember, "performance_id")
    approved = dict(
        tuple(r) for r in tx.execute(sa.select(Headcount.performance_id, Headcount.approved))
    )
    halls = dict(tuple(row) for row in tx.execute(sa.select(Hall.id, Hall.slug)))
    for (kind, _), fields in found.items():
        if kind == "production":
            fields["credits"] = [
                [slugs[m["person_id"]], m["role"]] for m in makers.get(fields["id"], ())
            ]
        elif kind == "performance":
            of = fields["id"]
            fields |= {
                "season": slugs[fields["season_id"]], "production": slugs[fields["production_id"]],
                "hall": halls[fields["hall_id"]], "capacity": approved.get(of, fields["capacity"]),
                "cast": [[slugs[p["person_id"]], p["role"], p["note"]] for p in players.get(of, ())],
                **_prices(tx, of, slugs),
            }  # fmt: skip
    return found


def _rows(tx: Tx, model: type[Base]) -> list[Fields]:
    return [dict(row) for row in tx.execute(sa.select(model.__table__)).mappings()]


def _halls(tx: Tx) -> Iterator[tuple[str, Fields]]:
    """Yield each hall with the fingerprint of the newest drawing in it."""
    drawn = sa.select(SeatingPlan.hall_id, SeatingPlan.fingerprint)
    newest = dict(
        tuple(row)
        for row in tx.execute(drawn.order_by(SeatingPlan.created_at, SeatingPlan.version))
    )
    halls = sa.select(Hall.id, Hall.slug, Hall.name, Venue.slug.label("venue")).join(Venue)
    for row in tx.execute(halls):
        yield row.slug, {"name": row.name, "venue": row.venue, "drawing": newest.get(row.id)}


def _parts(tx: Tx, model: type[Credit | CastMember], owner: str) -> dict[str, list[Fields]]:
    found: dict[str, list[Fields]] = {}
    for row in tx.execute(sa.select(model.__table__).order_by(model.position)).mappings():
        found.setdefault(row[owner], []).append(dict(row))
    return found


def _prices(tx: Tx, performance_id: str, slugs: dict[str, str]) -> dict[str, Any]:
    fields = priced(price_list(tx, performance_id))
    for name, value in fields.items():
        if name.startswith("price_") and value["funder_id"]:
            fields[name] = value | {"funder_id": slugs[value["funder_id"]]}
    return fields
