"""The room from above in a few strokes: the stage, the rows, and the gates one comes in by."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from ticketing.drawings.outline import outline
from ticketing.foundation.words import say
from ticketing.seating.plan import Mark, Plan, Seat

WIDTH = 560  # units of the drawing
MARGIN = 2.6  # metres around everything
ROW = 0.36  # metres, the breadth of a row's stroke
BENDS = 4  # in a row's stroke, about
ASIDE = 1.75  # metres from a gate to its name, away from the middle of the room


@dataclass(frozen=True, slots=True)
class Sheet:
    """``left`` and ``top`` in metres; ``scale``: units to the metre."""

    left: float
    top: float
    bottom: float
    scale: float

    def at(self, x: float, y: float) -> tuple[int, int]:
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def box(self, style: str, left: float, top: float, right: float, bottom: float) -> str:
        (x, y), (to_x, to_y) = self.at(left, top), self.at(right, bottom)
        size = f'width="{to_x - x}" height="{to_y - y}"'
        return f'<rect class="{style}" x="{x}" y="{y}" {size}/>'


def ways_in(plan: Plan, lang: str) -> Markup:
    """Return the drawing, to scale; nothing where no gate is marked."""
    gates = [mark for mark in plan.marks if mark.kind == "gate"]
    if not gates:
        return Markup("")
    sheet = _sheet(plan, gates)
    height = round((sheet.bottom - sheet.top) * sheet.scale)
    drawn = [
        *_sitting(plan, sheet),
        _stage(plan, sheet, lang),
        *(_gate(g, sheet, lang) for g in gates),
    ]
    return Markup(  # noqa: S704  what people wrote is escaped
        f'<svg class="place-map" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'aria-label="{escape(_said(gates, lang))}">{"".join(drawn)}</svg>'
    )


def _sheet(plan: Plan, gates: list[Mark]) -> Sheet:
    spots = [(seat.x, seat.y) for seat in plan.seats] + [(gate.x, gate.y) for gate in gates]
    if stage := plan.stage:
        spots += [(stage.x, stage.y - stage.depth / 2), (stage.x, stage.y + stage.depth / 2)]
    across, down = [x for x, _ in spots], [y for _, y in spots]
    left, right = min(across) - MARGIN, max(across) + MARGIN
    return Sheet(left, min(down) - MARGIN, max(down) + MARGIN, WIDTH / (right - left))


def _sitting(plan: Plan, sheet: Sheet) -> list[str]:
    """Draw each run of seats as one stroke; unnumbered places, and sections of a large hall, as the
    field they fill."""
    if plan.large:
        return [_outlined(seats, sheet) for seats in plan.by_section.values()]
    return [
        _row(seats, sheet) if plan.section(seats[0].section).numbered else _field(seats, sheet)
        for seats in plan.blocks
    ]


def _row(seats: tuple[Seat, ...], sheet: Sheet) -> str:
    """Draw a stroke through some of its seats: the row may bend."""
    some = (*seats[: -1 : max(len(seats) // BENDS, 1)], seats[-1])
    points = (sheet.at(seat.x, seat.y) for seat in some)
    return (
        f'<path class="row {seats[0].kind}" stroke-width="{ROW * sheet.scale:.0f}" '
        f'd="M{"L".join(f"{x} {y}" for x, y in points)}"/>'
    )


def _outlined(seats: tuple[Seat, ...], sheet: Sheet) -> str:
    points = (sheet.at(x, y) for x, y in outline(seats))
    return f'<path class="field" d="M{"L".join(f"{x} {y}" for x, y in points)}z"/>'


def _field(seats: tuple[Seat, ...], sheet: Sheet) -> str:
    across, down = [seat.x for seat in seats], [seat.y for seat in seats]
    half = ROW
    ends = (min(across) - half, min(down) - half, max(across) + half, max(down) + half)
    return sheet.box("field", *ends)


def _stage(plan: Plan, sheet: Sheet, lang: str) -> str:
    if (stage := plan.stage) is None:
        return ""
    x, y = stage.width / 2, stage.depth / 2
    middle_x, middle_y = sheet.at(stage.x, stage.y)
    return (
        sheet.box("hall", stage.x - x, stage.y - y, stage.x + x, stage.y + y)
        + f'<text class="on-hall" x="{middle_x}" y="{middle_y}" text-anchor="middle" dy=".36em">'
        + f"{'Stage' if lang == 'en' else '舞台'}</text>"
    )


def _gate(gate: Mark, sheet: Sheet, lang: str) -> str:
    x, y = sheet.at(gate.x, gate.y)
    out = ASIDE if gate.y > (sheet.top + sheet.bottom) / 2 else -ASIDE
    _, name_y = sheet.at(gate.x, gate.y + out)
    return (
        f'<circle class="gate" cx="{x}" cy="{y}" r="7"/>'
        f'<text class="here" x="{x}" y="{name_y}" text-anchor="middle" dy=".36em">'
        f"{escape(say(gate.name, lang))}</text>"
    )


def _said(gates: list[Mark], lang: str) -> str:
    names = [say(gate.name, lang) for gate in gates]
    if lang == "en":
        return f"The room from above, with {', '.join(names)}"
    return f"从上面看这间屋子：{'、'.join(names)}"
