"""From pretix's plan to a plan file of our own.

What pretix cannot say comes from the side file. Without one it is derived: kinds and the heights of
their seats from the categories' names, aisles from gaps between neighbours; floors are flat and no
place is accessible. From the plan itself: the way one looks, from the row and the stage; the height
of the stage, from the kinds.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot
from statistics import median
from typing import NamedTuple

from ticketing.foundation.entries import NOTHING, Both
from ticketing.foundation.fixture_file import WrongField
from ticketing.venues.plan import Kind
from ticketing.venues.plan_entries import MarkEntry, PlanFile, SectionEntry, StageEntry
from ticketing.venues.pretix_entries import PretixPlan, PretixRow, Side, SideSeat
from ticketing.venues.pretix_rows import Line, field_of, rows_of
from ticketing.venues.pretix_shapes import Shape, moved, shapes

METRE = 100.0  # pixels, as we write them
USUAL = 0.55  # metres between neighbours, where a file's pixels are of another size
LIKELY = (0.4, 1.2)  # metres between neighbours
RAISED = 0.9  # metres
AISLE = 1.5  # times the usual distance
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


def plan_file(plan: PretixPlan, side: Side) -> PlanFile:
    """Return the plan in metres; raises WrongField where plan and side file contradict each other."""
    metre = metre_of(plan)
    side = side or derived(plan, metre)
    floor = list(shapes(plan, metre))
    stage = next((shape for shape in floor if STAGE.search(shape.text)), None)
    tiers: dict[Tier, list[Line]] = {}
    for tier, line in _lines(plan, side, metre):
        tiers.setdefault(tier, []).append(line)
    keys = unique(slug(f"{tier.zone} {tier.category}") or "section" for tier in tiers)
    return PlanFile(
        name=slug(plan.name) or "plan",
        sections=[
            _section(key, tier, lines, stage)
            for key, (tier, lines) in zip(keys, tiers.items(), strict=True)
        ],
        stage=_stage(stage, tiers) if stage else None,
        marks=tuple(
            MarkEntry("side", (shape.x, shape.y), Both(shape.text, shape.text))
            for shape in floor
            if shape is not stage and shape.text
        ),
    )


def metre_of(plan: PretixPlan) -> float:
    """Return the pixels of a metre: ours, or what makes neighbours sit as people usually do."""
    rows = [row for zone in plan.zones for row in zone.rows]
    near = median(step for row in rows for step in steps(row)) if any(map(steps, rows)) else 0.0
    return METRE if not near or LIKELY[0] <= near / METRE <= LIKELY[1] else near / USUAL


def steps(row: PretixRow) -> list[float]:
    """Return the pixels between neighbours."""
    return [
        hypot(b.position.x - a.position.x, b.position.y - a.position.y)
        for a, b in pairwise(row.seats)
    ]


def derived(plan: PretixPlan, metre: float) -> Side:
    """Return what can be told without a side file."""
    side: Side = {}
    seg = 0
    for zone in plan.zones:
        for row_ix, row in enumerate(zone.rows):
            usual, before = median(steps(row) or [metre]), [0.0, *steps(row)]
            for pos, (seat, step) in enumerate(zip(row.seats, before, strict=True)):
                seg += not step or step > AISLE * usual
                kind = kind_of(seat.category)
                side[seat.seat_guid] = SideSeat(0.0, HEIGHTS[kind], kind, seg, pos, row_ix)
    return side


def kind_of(category: str) -> Kind:
    found = (kind for words, kind in KINDS.items() if re.search(words, category, re.IGNORECASE))
    return next(found, "tip-up")


def _lines(plan: PretixPlan, side: Side, metre: float) -> Iterator[tuple[Tier, Line]]:
    """Yield each row, in pieces where its seats are of more than one section."""
    for z, zone in enumerate(plan.zones):
        for r, row in enumerate(zone.rows):
            pieces: dict[Tier, Line] = {}
            for s, seat in enumerate(row.seats):
                said = side.get(seat.seat_guid)
                if said is None:
                    place = f"zones[{z}].rows[{r}].seats[{s}].seat_guid"
                    raise WrongField(place, f"the side file says nothing of {seat.seat_guid}")
                tier = Tier(zone.name, seat.category, said.kind, said.seat_h)
                x, y = moved(zone.position, row.position, seat.position)
                line = pieces.setdefault(tier, Line(row, []))
                line.seats.append((seat, said, (round(x / metre, 3), round(y / metre, 3))))
            yield from pieces.items()


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
    theatre = all(tier.kind == "tip-up" for tier in tiers)
    return StageEntry(shape.width, shape.depth, (shape.x, shape.y), RAISED if theatre else 0.0)


def slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:50].strip("-")


def unique(keys: Iterator[str]) -> list[str]:
    """Return the keys, those that came before with a number behind."""
    found: list[str] = []
    for key in keys:
        again = sum(each == key or each.startswith(f"{key}-again-") for each in found)
        found.append(f"{key}-again-{again}" if again else key)
    return found
