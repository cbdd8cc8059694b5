"""The shapes of pretix's floor as boxes, and the stage and the words of ours as its shapes."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import UnsetType

from ticketing.seating.plan import Point
from ticketing.seating.pretix.entries import Area, Polygon, Position, PretixPlan, TextEntry


class Shape(NamedTuple):
    """Metres; ``x`` and ``y`` are its centre. A turned shape is taken as if it were not.

    ``field``: where it stands in pretix's file.
    """

    text: str
    x: float
    y: float
    width: float
    depth: float
    field: str = ""


def shapes(plan: PretixPlan, metre: float) -> Iterator[Shape]:
    """Yield what lies on the floor; ``metre`` in pixels."""
    for z, zone in enumerate(plan.zones):
        for a, area in enumerate(zone.areas):
            x, y = moved(zone.position, area.position)
            corners = [(x + dx, y + dy) for dx, dy in _corners(area)]
            across, down = [x for x, _ in corners], [y for _, y in corners]
            left, right, top, bottom = min(across), max(across), min(down), max(down)
            yield Shape(
                area.text.text.strip() if area.text else "",
                round((left + right) / 2 / metre, 3),
                round((top + bottom) / 2 / metre, 3),
                round((right - left) / metre, 3),
                round((bottom - top) / metre, 3),
                f"zones[{z}].areas[{a}]",
            )


def moved(*positions: Position | UnsetType) -> Point:
    """Return the sum of positions of which each is given from the one before."""
    given = [position for position in positions if position]
    return sum(each.x for each in given), sum(each.y for each in given)


def _corners(area: Area) -> list[Point]:
    """Return corners of the box around the shape, in pixels from its position."""
    if area.polygon and area.polygon.points:
        return [(point.x, point.y) for point in area.polygon.points]
    if area.rectangle:
        return [(0, 0), (area.rectangle.width, area.rectangle.height)]
    if area.ellipse:
        x, y = area.ellipse.radius.x, area.ellipse.radius.y
        return [(-x, -y), (x, y)]
    if area.circle:
        radius = area.circle.radius
        return [(-radius, -radius), (radius, radius)]
    return [(area.text.position.x, area.text.position.y) if area.text else (0.0, 0.0)]


def area_of(shape: Shape, uuid: str) -> Area:
    """Return a word, in a box where the shape has one; measures in pixels."""
    x, y = shape.width / 2, shape.depth / 2
    text = TextEntry(shape.text, Position(shape.x, shape.y), color="#333333", size=24)
    if not shape.width:
        return Area(shape="text", text=text, position=Position(0, 0), rotation=0, uuid=uuid)
    around = ((-x, -y), (x, -y), (x, y), (-x, y))
    points = [Position(shape.x + dx, shape.y + dy) for dx, dy in around]
    return Area(
        color="#eeeeee", border_color="#333333", rotation=0, position=Position(0, 0), uuid=uuid,
        shape="polygon", polygon=Polygon(points), text=text,
    )  # fmt: skip
