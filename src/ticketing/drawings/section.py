"""The tiers cut across, to scale: the edge of the stage, how one sits, eyes and lines of sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from markupsafe import Markup, escape

from ticketing.drawings.section_figures import Ground, dancer, sitter
from ticketing.foundation.words import say
from ticketing.seating.plan import Kind, Plan, Seat, Section
from ticketing.seating.view_quality import EYE_OVER_SEAT

COLOURS: dict[Kind, str] = {
    "cushion": "ochre",
    "stool": "azure",
    "chair": "malachite",
    "tip-up": "malachite",
}
DANCER = 0.75  # metres beyond the edge of the stage
CHEST = 1.35  # metres; what one looks at
SIGHT = 3.2  # metres from the stage that there is room for on the sheet
RISER = 0.42  # metres to each side of the sitter
RULER = 0.36  # metres behind the sitter, where the height of the eye is drawn


@dataclass(frozen=True, slots=True)
class Sheet:
    """``scale``: units to the metre; ``letters``: sizes of eye height, name and distance."""

    width: int
    height: int
    scale: float
    edge: int  # where the stage begins
    letters: tuple[int, int, int]
    narrow: bool

    @property
    def ground(self) -> Ground:
        return Ground(self.height - 62, self.scale)


@dataclass(frozen=True, slots=True)
class Tier:
    section: Section
    eye: float  # metres over the floor of the hall
    floor: float  # metres that it stands over that
    gap: float  # metres from the edge of the stage


WIDE = Sheet(1080, 470, 215, 760, (18, 18, 15), narrow=False)
NARROW = Sheet(340, 236, 87, 236, (15, 14, 14), narrow=True)


def section_drawing(plan: Plan, lang: str, *, narrow: bool = False) -> Markup:
    """Return the drawing; nothing where no tier is measured from a stage."""
    tiers = _tiers(plan)
    if not tiers or plan.stage is None:
        return Markup("")
    sheet = NARROW if narrow else WIDE
    ground, x = sheet.ground, sheet.edge + DANCER * sheet.scale
    return Markup(  # noqa: S704  what people wrote is escaped below
        f'<svg class="section" viewBox="0 0 {sheet.width} {sheet.height}" role="img" '
        f'aria-label="{escape(_said(tiers, lang))}">'
        f'<path class="x-ground" d="M0 {ground.y}H{sheet.width}"/><rect class="stage" '
        f'x="{sheet.edge}" y="{ground.up(plan.stage.height):.0f}" '
        f'width="{sheet.width - sheet.edge}" height="{14 + plan.stage.height * sheet.scale:.0f}"/>'
        f"{dancer(x, ground.raised(plan.stage.height))}{''.join(_tier(tier, sheet, lang) for tier in tiers)}"
        f"{_text('name', (sheet.edge + sheet.width) / 2, ground.y + 36, _stage(lang), sheet)}</svg>"
    )


def _tiers(plan: Plan) -> list[Tier]:
    """Return what fits on the sheet, the nearest to the stage first."""
    found = [
        _measured(section, plan.by_section[section.key])
        for section in plan.sections
        if section.kind in COLOURS
    ]
    return sorted((tier for tier in found if tier.gap < SIGHT), key=lambda tier: tier.gap)


def _measured(section: Section, seats: Sequence[Seat]) -> Tier:
    """Return the tier as its usual seat stands."""
    gap = median_low(seat.distance for seat in seats)
    eye = next(seat.eye for seat in seats if seat.distance == gap)
    return Tier(section, eye, round(eye - EYE_OVER_SEAT - section.seat_height, 3), gap)


def _tier(tier: Tier, sheet: Sheet, lang: str) -> str:
    section, ground = tier.section, sheet.ground
    floor = ground.raised(tier.floor)
    x, top = sheet.edge - tier.gap * sheet.scale, ground.up(tier.eye)
    ruler = x - RULER * sheet.scale
    sight = (
        f"M{x + 0.09 * sheet.scale:.0f} {top:.0f}"
        f"L{sheet.edge + (DANCER - 0.12) * sheet.scale:.0f} {ground.up(CHEST):.0f}"
    )
    return (
        f'<g class="{COLOURS[section.kind]}"><path class="x-sight" d="{sight}"/>'
        f"{_riser(x, tier.floor, ground)}"
        f"{sitter(section.kind, x, section.seat_height, tier.eye - tier.floor, floor)}"
        f'<path class="x-eye" d="M{ruler:.0f} {ground.y}V{top:.0f}m-4 0h8"/>'
        f"{_text('num', ruler, top - 9, _metres(tier.eye, lang), sheet)}"
        f"{_text('name', x, ground.y + 30, say(section.name, lang), sheet)}"
        f"{_text('dist', x, ground.y + 50, _away(tier, sheet, lang), sheet)}</g>"
    )


def _riser(x: float, height: float, ground: Ground) -> str:
    """Draw what a raised tier stands on."""
    if not height:
        return ""
    top = ((-RISER, 0.0), (-RISER, height), (RISER, height), (RISER, 0.0))
    return f'<path class="x-riser" d="{ground.path(x, *top)}z"/>'


def _text(style: str, x: float, y: float, text: str, sheet: Sheet) -> str:
    size = sheet.letters[("num", "name", "dist").index(style)]
    return (
        f'<text class="x-{style}" font-size="{size}" x="{x:.0f}" y="{y:.0f}" '
        f'text-anchor="middle">{escape(text)}</text>'
    )


def _metres(length: float, lang: str) -> str:
    return f"{length:.2f} m" if lang == "en" else f"{length:.2f} 米"


def _away(tier: Tier, sheet: Sheet, lang: str) -> str:
    if sheet.narrow:
        return _metres(tier.gap, lang)
    return f"{tier.gap:.2f} m from the stage" if lang == "en" else f"距台 {tier.gap:.2f} 米"


def _stage(lang: str) -> str:
    return "Stage" if lang == "en" else "舞台"


def _said(tiers: list[Tier], lang: str) -> str:
    """Return the drawing in words."""
    if lang == "en":
        parts = [
            f"{say(tier.section.name, lang)}: eyes at {tier.eye:.2f} m, {tier.gap:.2f} m away"
            for tier in tiers
        ]
        return "The tiers cut across. " + "; ".join(parts)
    parts = [
        f"{say(tier.section.name, lang)}眼高 {tier.eye:.2f} 米、距台 {tier.gap:.2f} 米"
        for tier in tiers
    ]
    return "座位剖面：" + "；".join(parts)
