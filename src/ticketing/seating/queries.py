"""Questions about seating plans, and by which gates one comes to their sections."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.seating.models import SeatingPlan, SeatRow, SectionRow
from ticketing.seating.plan import Mark, Plan, Seat, Section, Stage
from ticketing.venues.queries import GateSign, gates

PLANS: dict[str, Plan] = {}  # a stored version never changes, so it is built once a process


def plan(tx: Tx, plan_id: str) -> Plan:
    """Return a stored version of a plan; raises NotFound."""
    if plan_id not in PLANS:
        PLANS[plan_id] = _rebuilt(tx, plan_id)
    return PLANS[plan_id]


def gates_for(tx: Tx, hall_id: str, room: Plan) -> list[GateSign]:
    """Return the gates of a hall, with the sections of this version of its drawing that each leads to.

    What is drawn otherwise today may have other names than the gates say. A section that no gate names
    is behind those that name one the drawing does not have; where none does, behind all of them.
    """
    here = [gate for gate in gates(tx) if gate.hall_id == hall_id]
    named = {key for gate in here for key in gate.sections}
    lost = [key for key in room.by_section if key not in named]
    if not lost or not all(gate.sections for gate in here):
        return here
    strange = [gate for gate in here if not set(gate.sections) <= room.by_section.keys()] or here
    return [
        gate._replace(sections=[*gate.sections, *lost]) if gate in strange else gate
        for gate in here
    ]


def _rebuilt(tx: Tx, plan_id: str) -> Plan:
    head = tx.execute(
        sa.select(SeatingPlan.name, SeatingPlan.version, SeatingPlan.drawing).where(
            SeatingPlan.id == plan_id
        )
    ).first()
    if head is None:
        raise NotFound()
    stage = head.drawing["stage"]
    return Plan(
        id=plan_id,
        name=head.name,
        version=head.version,
        stage=Stage(**stage) if stage else None,
        sections=tuple(_section(row) for row in _parts(tx, SectionRow, plan_id)),
        seats=tuple(_seat(row) for row in _parts(tx, SeatRow, plan_id)),
        marks=tuple(Mark(**mark) for mark in head.drawing["marks"]),
        focal=tuple((x, y) for x, y in head.drawing.get("focal", ())),
    )


def _parts(tx: Tx, model: type[SectionRow] | type[SeatRow], plan_id: str) -> list[dict[str, Any]]:
    hidden = {"plan_id", "position"}
    columns = [column for column in model.__table__.columns if column.name not in hidden]
    rows = tx.execute(
        sa.select(*columns).where(model.plan_id == plan_id).order_by(model.position)
    ).mappings()
    return [dict(row) for row in rows]


def _section(row: dict[str, Any]) -> Section:
    return Section(**row | {"numbered": bool(row["numbered"])})


def _seat(row: dict[str, Any]) -> Seat:
    return Seat(**row | {"attributes": tuple(row["attributes"])})
