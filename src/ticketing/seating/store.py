"""Store a seating plan. A drawing that differs is a new version; the old one stays as it was."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id
from ticketing.seating.models import SeatingPlan, SeatRow, SectionRow
from ticketing.seating.plan import Plan


def draw_plan(tx: Tx, hall_id: str, plan: Plan, *, by: str, now: int) -> str:
    """Return the id of the version stored with this drawing; the plan's own is not used."""
    drawn = newest(tx, plan.name)
    if drawn and drawn.fingerprint == fingerprint(plan):
        keep_source(tx, drawn.id, plan)
        return str(drawn.id)
    plan_id, version = new_id(now), drawn.version + 1 if drawn else 1
    tx.execute(
        sa.insert(SeatingPlan).values(
            id=plan_id, hall_id=hall_id, name=plan.name, version=version,
            fingerprint=fingerprint(plan), drawing=drawing(plan), source=plan.source,
            created_at=now,
        )
    )  # fmt: skip
    tx.execute(sa.insert(SectionRow), list(section_rows(plan_id, plan)))
    tx.execute(sa.insert(SeatRow), list(seat_rows(plan_id, plan)))
    note(tx, "plan.drawn", plan_id, by=by, now=now, name=plan.name, version=version)
    return plan_id


def keep_source(tx: Tx, plan_id: str, plan: Plan) -> None:
    """Keep the file of an equal drawing too: a version may have come in two formats."""
    this = SeatingPlan.id == plan_id
    known = tx.execute(sa.select(SeatingPlan.source).where(this)).scalar_one()
    if known != (both := known | plan.source):
        tx.execute(sa.update(SeatingPlan).where(this).values(source=both))


def newest(tx: Tx, name: str) -> Any:
    """Return id, version and fingerprint of the plan's newest version, None before the first."""
    return tx.execute(
        sa.select(SeatingPlan.id, SeatingPlan.version, SeatingPlan.fingerprint)
        .where(SeatingPlan.name == name)
        .order_by(SeatingPlan.version.desc())
        .limit(1)
    ).first()


def fingerprint(plan: Plan) -> str:
    """Return what is equal for equal drawings, whatever their version."""
    parts = [drawing(plan), *map(asdict, plan.sections), *map(asdict, plan.seats)]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def drawing(plan: Plan) -> dict[str, Any]:
    return {
        "stage": asdict(plan.stage) if plan.stage else None,
        "marks": [asdict(mark) for mark in plan.marks],
        "focal": plan.focal,
    }


def section_rows(plan_id: str, plan: Plan) -> Iterator[dict[str, Any]]:
    for position, section in enumerate(plan.sections):
        numbered = int(section.numbered)
        yield asdict(section) | {"plan_id": plan_id, "position": position, "numbered": numbered}


def seat_rows(plan_id: str, plan: Plan) -> Iterator[dict[str, Any]]:
    for position, seat in enumerate(plan.seats):
        attributes = list(seat.attributes)
        yield asdict(seat) | {"plan_id": plan_id, "position": position, "attributes": attributes}
