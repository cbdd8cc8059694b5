"""Large halls for tests: an arena round the front of its stage, in our own plan format."""

from math import cos, pi, sin

from ticketing.foundation.fixture_types import Both
from ticketing.seating.entries import PlanFile, RowEntry, SectionEntry, StageEntry
from ticketing.seating.file import expand
from ticketing.world.load import World, load_world, shipped

ROWS = 24
WEDGES = 20  # sections in a ring
PITCH = 0.9  # metres between rows
SEAT = 0.5  # metres between neighbours
AISLE = 1.4  # metres between two sections of a ring
RINGS = ("一层 Lower", "二层 Middle", "三层 Upper", "四层 Top", "五层 Sky")


def arena(seats: int, name: str = "arena") -> PlanFile:
    """Return rings of sections, bent round the front of the stage, of about so many seats."""
    sections: list[SectionEntry] = []
    while sum(row.size for section in sections for row in section.rows) < seats:
        ring = len(sections) // WEDGES
        sections.append(wedge(ring, len(sections) % WEDGES, seats))
    return PlanFile(name, sections, demo=True, stage=StageEntry(24, 14, (0, 0), 1.5))


def wedge(ring: int, n: int, seats: int) -> SectionEntry:
    """Return one section: its part of three quarters of a ring, each row on its own step."""
    area, key = RINGS[ring], f"{ring + 1}{n + 1:02}"
    zh, en = area.split()
    near = radius(ring, seats)
    return SectionEntry(
        key=key, name=Both(f"{zh} {key}", f"{en} {key}"), area=Both(zh, en), kind="tip-up",
        seat_height=0.45, floor=ring * 8.0, riser=0.28 + 0.1 * ring,
        rows=tuple(row(r, near + r * PITCH, n) for r in range(ROWS)),
    )  # fmt: skip


def radius(ring: int, seats: int) -> float:
    """Return the metres from the stage to a ring's first row: wider halls have wider rings."""
    return 14 + seats / 2500 + ring * (ROWS * PITCH + 3)


def row(r: int, away: float, n: int) -> RowEntry:
    """Return a row of the n-th wedge, from its left end as one looks at the stage."""
    part = 1.5 * pi / WEDGES
    count = int((part * away - AISLE) / SEAT) + 1
    start = pi / 2 - 0.75 * pi + n * part + AISLE / 2 / away
    at = (round(away * cos(start), 3), round(away * sin(start), 3))
    step = (round(-SEAT * sin(start), 4), round(SEAT * cos(start), 4))
    return RowEntry(
        str(r + 1), Both(f"{r + 1} 排", f"Row {r + 1}"), start=at, step=step, count=count,
        centre=(0.0, 0.0),
    )  # fmt: skip


def arena_world(seats: int) -> World:
    """Return the shipped world with an arena where the black box was."""
    world = load_world(shipped())
    plan = expand(arena(seats))
    (prices,) = (listed for listed in world.file.price_lists if listed.slug == "black-box")
    for n, band in enumerate(prices.bands):
        keys = [section.key for section in plan.sections]
        band.sections = [key for key in keys if min(int(key[0]), len(prices.bands)) == n + 1]
    for performance in world.file.performances:
        if performance.hall == "black-box":
            performance.capacity = len(plan.seats)
    return World(world.file, {**world.plans, "black-box": plan}, world.posters)
