"""A seating plan as a program draws it: the stage, the tiers, every seat at its place in metres."""

import msgspec

from ticketing.foyer.answers import Text
from ticketing.foyer.describe import text
from ticketing.venues.plan import Plan, Seat, Section, label


class PlanSeatAnswer(msgspec.Struct):
    """``x`` and ``y``: metres from above; ``quality``: what one sees from there, 0 to 1."""

    id: str
    label: Text
    section: str
    row: str
    number: int
    x: float
    y: float
    kind: str
    attributes: list[str]
    quality: float


class StageAnswer(msgspec.Struct):
    """``x`` and ``y`` are its centre, in metres."""

    x: float
    y: float
    width: float
    depth: float


class PlanSectionAnswer(msgspec.Struct):
    key: str
    name: Text
    note: Text
    kind: str
    numbered: bool
    capacity: int


class PlanAnswer(msgspec.Struct):
    """A version of a seating plan; it never changes. Prices belong to the performance."""

    id: str
    version: int
    stage: StageAnswer | None
    sections: list[PlanSectionAnswer]
    seats: list[PlanSeatAnswer]


def plan_answer(plan: Plan) -> PlanAnswer:
    stage = plan.stage
    return PlanAnswer(
        id=plan.id,
        version=plan.version,
        stage=StageAnswer(stage.x, stage.y, stage.width, stage.depth) if stage else None,
        sections=[
            PlanSectionAnswer(
                each.key, text(each.name), text(each.note), each.kind, each.numbered, each.capacity
            )
            for each in plan.sections
        ],
        seats=[seat(each, plan.section(each.section)) for each in plan.seats],
    )


def seat(each: Seat, its: Section) -> PlanSeatAnswer:
    return PlanSeatAnswer(
        id=each.id,
        label=Text(label(each, its, "zh"), label(each, its, "en")),
        section=each.section,
        row=each.row,
        number=each.number,
        x=each.x,
        y=each.y,
        kind=each.kind,
        attributes=list(each.attributes),
        quality=round(each.quality, 3),
    )
