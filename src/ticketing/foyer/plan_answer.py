"""A seating plan as a program draws it: the stage, the tiers, every seat at its place in metres."""

from dataclasses import asdict

import msgspec

from ticketing.foyer.answers import Text
from ticketing.foyer.describe import text
from ticketing.seating.plan import Attribute, Plan, Seat, Section, label


class PlanSeatAnswer(msgspec.Struct):
    """``x`` and ``y``: metres from above; ``quality``: what one sees from there, 0 to 1.

    ``printed``: what stands on the seat, mostly its number; ``why``: what restricts the view.
    """

    id: str
    label: Text
    section: str
    row: str
    number: int
    printed: str
    x: float
    y: float
    kind: str
    attributes: list[Attribute]
    why: Text | None
    quality: float


class StageAnswer(msgspec.Struct):
    """``x`` and ``y`` are its centre; ``height``: over the floor of the hall; all in metres."""

    x: float
    y: float
    width: float
    depth: float
    height: float


class PlanSectionAnswer(msgspec.Struct):
    key: str
    name: Text
    note: Text
    area: Text
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


def plan_answer(plan: Plan, section: str = "") -> PlanAnswer:
    """``section``: the key of the one whose seats are wanted, "" for all."""
    stage = plan.stage
    return PlanAnswer(
        id=plan.id,
        version=plan.version,
        stage=StageAnswer(**asdict(stage)) if stage else None,
        sections=[
            PlanSectionAnswer(
                each.key,
                text(each.name),
                text(each.note),
                text(each.area),
                each.kind,
                each.numbered,
                each.capacity,
            )
            for each in plan.sections
        ],
        seats=[
            seat(each, plan.section(each.section))
            for each in (plan.by_section[section] if section else plan.seats)
        ],
    )


def seat(each: Seat, its: Section) -> PlanSeatAnswer:
    return PlanSeatAnswer(
        id=each.id,
        label=Text(label(each, its, "zh"), label(each, its, "en")),
        section=each.section,
        row=each.row,
        number=each.number,
        printed=each.name,
        x=each.x,
        y=each.y,
        kind=each.kind,
        attributes=list(each.attributes),
        why=text(each.why) if each.why else None,
        quality=round(each.quality, 3),
    )
