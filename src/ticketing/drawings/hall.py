"""A large hall from above: each section one shape that leads to its own map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from statistics import mean

from markupsafe import Markup, escape

from ticketing.drawings.outline import outline
from ticketing.foundation.words import say
from ticketing.seating.plan import Plan, Point, Seat, Section, Stage

WIDTH = 1000  # units of the drawing
MARGIN = 1.5  # metres around everything
LETTER = 15  # units, the width of a letter
FEW = 0.1  # of a section: fewer are the last ones


@dataclass(frozen=True, slots=True)
class Shape:
    """``path`` around a section's seats; ``x`` and ``y`` are its middle, ``wide`` its extent."""

    path: str
    x: int
    y: int
    wide: int


@dataclass(frozen=True, slots=True)
class Hall:
    height: int
    stage: str
    shapes: Mapping[str, Shape]


def hall_drawing(
    plan: Plan, lang: str, left: Mapping[str, int], link: Callable[[str], str]
) -> Markup:
    """Return the drawing; ``left`` by section, and ``link`` to a section's map."""
    hall = _hall(plan, lang)
    parts = [
        _part(section, hall.shapes[section.key], left[section.key], lang, link(section.key))
        for section in plan.sections
    ]
    return Markup(  # noqa: S704  what people wrote is escaped below
        f'<svg class="hall-map" viewBox="0 0 {WIDTH} {hall.height}" role="group" '
        f'aria-label="{"The hall, section by section" if lang == "en" else "全场分区图"}">'
        f"{hall.stage}{''.join(parts)}</svg>"
    )


@lru_cache(maxsize=32)
def _hall(plan: Plan, lang: str) -> Hall:
    """Return what never changes in the drawing."""
    corners = {key: outline(seats) for key, seats in plan.by_section.items()}
    every = [*chain.from_iterable(corners.values()), *_box(plan.stage)]
    left, top = min(x for x, _ in every) - MARGIN, min(y for _, y in every) - MARGIN
    scale = WIDTH / (max(x for x, _ in every) + MARGIN - left)

    def at(point: Point) -> tuple[int, int]:
        return round((point[0] - left) * scale), round((point[1] - top) * scale)

    return Hall(
        height=at((0, max(y for _, y in every) + MARGIN))[1],
        stage=_stage(list(map(at, _box(plan.stage))), lang),
        shapes={
            key: _shape(list(map(at, points)), at(_middle(plan.by_section[key])))
            for key, points in corners.items()
        },
    )


def _shape(points: list[tuple[int, int]], middle: tuple[int, int]) -> Shape:
    across = [x for x, _ in points]
    return Shape(_path(points), *middle, max(across) - min(across))


def _middle(seats: Sequence[Seat]) -> Point:
    return mean(seat.x for seat in seats), mean(seat.y for seat in seats)


def _path(points: Sequence[tuple[int, int]]) -> str:
    return f"M{'L'.join(f'{x} {y}' for x, y in points)}z"


def _stage(points: Sequence[tuple[int, int]], lang: str) -> str:
    if not points:
        return ""
    x, y = mean(x for x, _ in points), mean(y for _, y in points)
    return (
        f'<path class="stage" d="{_path(points)}"/><text class="on-stage" x="{x:.0f}" '
        f'y="{y:.0f}">{"Stage" if lang == "en" else "舞台"}</text>'
    )


def _part(section: Section, shape: Shape, left: int, lang: str, link: str) -> str:
    """Draw the section, its short name and how many places are left, where there is room."""
    name = say(section.name, lang)
    short = name.removeprefix(say(section.area, lang)).strip(" ·")
    said = f"{name}: {left} left" if lang == "en" else f"{name}，余 {left}"
    state = "none" if not left else "few" if left < FEW * section.capacity else "some"
    room = shape.wide > LETTER * max(len(short), len(str(left)))
    words = (
        f'<text x="{shape.x}" y="{shape.y}"><tspan class="part">{escape(short)}</tspan>'
        f'<tspan x="{shape.x}" dy="1.15em">{left or "×"}</tspan></text>'
    )
    return (
        f'<a class="part-{state} {section.kind}" href="{escape(link)}" '
        f'aria-label="{escape(said)}"><path d="{shape.path}"/>{words if room else ""}</a>'
    )


def _box(stage: Stage | None) -> list[Point]:
    if stage is None:
        return []
    x, y = stage.width / 2, stage.depth / 2
    around = ((-x, -y), (x, -y), (x, y), (-x, y))
    return [(stage.x + dx, stage.y + dy) for dx, dy in around]
