"""From pretix's plan to a plan file of our own.

What pretix cannot say comes from the side file. Without one it is derived: kinds and the heights of
their seats from the categories' names, aisles from gaps between neighbours; floors are flat and no
place is accessible. From the plan itself: the way one looks, from the row and the stage; the height
of the stage, from the kinds. A stage without a size is a point to look at.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from ticketing.foundation.fixture_file import WrongField
from ticketing.foundation.fixture_types import NOTHING, Both
from ticketing.seating.entries import MarkEntry, PlanFile, SectionEntry, StageEntry
from ticketing.seating.file import expand
from ticketing.seating.plan import Kind, Plan, Point
from ticketing.seating.pretix.check import Place, places
from ticketing.seating.pretix.entries import PretixPlan, Side, SideSeat
from ticketing.seating.pretix.rows import Line, Sat, field_of, rows_of
from ticketing.seating.pretix.scale import METRE, metre_of, steps
from ticketing.seating.pretix.shapes import Shape, moved, shapes
from ticketing.seating.slugs import slug

__all__ = ["METRE", "converted", "plan_file"]
RAISED = 0.9  # metres
AISLE = 1.5  # times the usual distance
LARGEST = 200.0  # metres of a stage
ASIDE = 50.0  # metres beside the seats; a word farther off is of another drawing
STAGE = re.compile("stage|bühne|scène|舞台|戏台", re.IGNORECASE)
KINDS: dict[str, Kind] = {
    "cushion|蒲团|坐垫": "cushion",
    "stool|bench|凳": "stool",
    "high chair|高椅": "chair",
    "standing|lawn|general admission|草坪|站": "open",
}
HEIGHTS: dict[Kind, float] = {
    "cushion": 0.08, "stool": 0.30, "chair": 0.70, "tip-up": 0.45, "open": 0.0,
}  # fmt: skip


class Tier(NamedTuple):
    """What the seats of one section have in common."""

    zone: str
    category: str
    kind: Kind
    seat_height: float


def converted(plan: PretixPlan, side: Side) -> Plan:
    """Return the plan; raises WrongField, a ValueError, with the field of pretix's file."""
    try:
        return expand(plan_file(plan, side))
    except WrongField as wrong:
        raise WrongField(_theirs(wrong.field, plan, side), str(wrong)) from None


def _theirs(field: str, plan: PretixPlan, side: Side) -> str:
    """Return which row of pretix's one of our fields was made from."""
    found = re.match(r"sections\[(\d+)\](?:\.rows\[(\d+)\])?", field)
    if not found:
        return field if field.startswith("zones") else "zones"
    lines = list(_tiers(plan, side, metre_of(plan)).values())[int(found[1])]
    return lines[int(found[2] or 0)].field


def plan_file(plan: PretixPlan, side: Side) -> PlanFile:
    """Return the plan in metres; raises WrongField where it contradicts itself."""
    metre = metre_of(plan)
    tiers = _tiers(plan, side, metre)
    points = [point for lines in tiers.values() for line in lines for point in line.points]
    floor = [shape for shape in shapes(plan, metre) if _beside(shape, points)]
    stage = max((shape for shape in floor if _is_stage(shape)), key=_size, default=None)
    keys = unique(slug(f"{tier.zone} {tier.category}") or "section" for tier in tiers)
    return PlanFile(
        name=slug(plan.name) or "plan",
        sections=[
            _section(key, tier, lines, stage)
            for key, (tier, lines) in zip(keys, tiers.items(), strict=True)
        ],
        stage=_stage(stage, tiers) if stage and stage.width and stage.depth else None,
        focal=_line(stage) if stage and not (stage.width and stage.depth) else (),
        marks=tuple(
            MarkEntry("side", (shape.x, shape.y), Both(shape.text, shape.text))
            for shape in floor
            if shape.text and (shape is not stage or not (shape.width and shape.depth))
        ),
    )


def _is_stage(shape: Shape) -> bool:
    return bool(STAGE.search(unicodedata.normalize("NFC", shape.text)))


def _size(shape: Shape) -> float:
    return shape.width * shape.depth


def _beside(shape: Shape, points: Sequence[Point]) -> bool:
    """Say whether it is on the floor of these seats."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return (
        min(across) - ASIDE < shape.x + shape.width / 2
        and shape.x - shape.width / 2 < max(across) + ASIDE
        and min(down) - ASIDE < shape.y + shape.depth / 2
        and shape.y - shape.depth / 2 < max(down) + ASIDE
    )


def _line(stage: Shape) -> tuple[Point, Point]:
    """Return the ends of a stage without breadth, one point where it has no length either."""
    x, y = stage.width / 2, stage.depth / 2
    return (stage.x - x, stage.y - y), (stage.x + x, stage.y + y)


def derived(plan: PretixPlan, metre: float) -> Side:
    """Return what can be told without a side file."""
    side: Side = {}
    seg = 0
    for zone in plan.zones:
        for row_ix, row in enumerate(zone.rows):
            usual, before = median(steps(row) or [metre]), [0.0, *steps(row)][: len(row.seats)]
            for pos, (seat, step) in enumerate(zip(row.seats, before, strict=True)):
                seg += not step or step > AISLE * usual
                kind = kind_of(seat.category)
                side[seat.seat_guid] = SideSeat(0.0, HEIGHTS[kind], kind, seg, pos, row_ix)
    return side


def kind_of(category: str) -> Kind:
    found = (kind for words, kind in KINDS.items() if re.search(words, category, re.IGNORECASE))
    return next(found, "tip-up")


def _tiers(plan: PretixPlan, side: Side, metre: float) -> dict[Tier, list[Line]]:
    """Return the rows by section, in pieces where the seats of one are of several."""
    side = side or derived(plan, metre)
    pieces: dict[tuple[Tier, str], Line] = {}
    for place in places(plan):
        said = side.get(place.seat.seat_guid)
        if said is None:
            why = f"the side file says nothing of {place.seat.seat_guid}"
            raise WrongField(f"{place.field}.seat_guid", why)
        zone, category = place.zone.name.strip(), place.seat.category.strip()
        tier = Tier(zone, category, said.kind, said.seat_h)
        row = place.field.rpartition(".")[0]
        line = pieces.setdefault((tier, row), Line(row, place.row, place.row_name, []))
        line.seats.append(Sat(place, said, _point(place, metre)))
    tiers: dict[Tier, list[Line]] = {}
    for (tier, _), line in pieces.items():
        tiers.setdefault(tier, []).append(line)
    return tiers


def _point(place: Place, metre: float) -> Point:
    x, y = moved(place.zone.position, place.row.position, place.seat.position)
    return round(x / metre, 3), round(y / metre, 3)


def _section(key: str, tier: Tier, lines: list[Line], stage: Shape | None) -> SectionEntry:
    name = " · ".join(dict.fromkeys(filter(None, (tier.zone, tier.category))))
    spread = tier.kind == "open"
    return SectionEntry(
        key=key,
        name=Both(name, name),
        kind=tier.kind,
        seat_height=tier.seat_height,
        area=Both(tier.zone, tier.zone) if tier.zone else NOTHING,
        rows=() if spread else rows_of(lines, stage),
        field=field_of(lines) if spread else None,
    )


def _stage(shape: Shape, tiers: Iterable[Tier]) -> StageEntry:
    """Return the stage; before theatre seats alone it is raised, elsewhere it is the floor."""
    if max(shape.width, shape.depth) > LARGEST:
        why = (
            f"the stage would be {max(shape.width, shape.depth):.0f} m long: is it drawn to scale?"
        )
        raise WrongField(shape.field, why)
    theatre = all(tier.kind == "tip-up" for tier in tiers)
    return StageEntry(shape.width, shape.depth, (shape.x, shape.y), RAISED if theatre else 0.0)


def unique(keys: Iterator[str]) -> list[str]:
    """Return the keys, those that came before with a number behind."""
    found: list[str] = []
    for key in keys:
        again = sum(each == key or each.startswith(f"{key}-again-") for each in found)
        found.append(f"{key}-again-{again}" if again else key)
    return found
