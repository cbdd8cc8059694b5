"""What one sees from a seat: a pinhole eye at the seat, the stage, three dancers, heads in front.

Drawn for every seat, also where it is not flattering. The picture stands alone: it brings its own
colours, so that it works as an image.
"""

from dataclasses import dataclass, replace
from math import cos, radians, sin

from markupsafe import Markup, escape

from ticketing.seating.plan import Plan, Seat, Stage, label

WIDTH, HEIGHT, HORIZON = 320, 190, 66  # picture units
FOCUS = 150  # picture units of a metre at one metre's distance
LOWEST = 150  # picture units from the top, where the middle of the stage may be
CLOSEST = 0.2  # metres; nothing nearer is drawn
BESIDE = 2.2  # metres, how far to the side a head in front is drawn
DANCERS = ((-2.1, -0.5, -0.12), (0.35, 0.1, 0.1), (2.7, -0.6, 0.05))  # along, across, lean: metres
ROOM_FOR_DANCERS = 2.9  # metres between the middle one and the end of the stage
STYLE = (
    "<style>.v-dark{fill:#0b0e10}.v-stage{fill:#d9d2bf}.v-far{fill:#39424a}"
    ".v-dancer{stroke:#c8301b;fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".v-dancer circle{fill:#c8301b;stroke:none}"
    ".v-head{fill:#05090b;stroke:#46525a;stroke-width:.8}</style>"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in the picture; ``scale`` units are a metre there, ``depth`` metres away."""

    x: float
    y: float
    scale: float
    depth: float

    @property
    def inside(self) -> bool:
        return -20 < self.x < WIDTH + 20


@dataclass(frozen=True, slots=True)
class Eye:
    x: float
    y: float
    height: float
    turn: float  # radians
    horizon: float = HORIZON  # picture units from the top

    def spot(self, x: float, y: float, height: float) -> Spot:
        """Project a point of the room, in metres."""
        depth = self.depth(x, y)
        scale = FOCUS / max(depth, CLOSEST)
        across = WIDTH / 2 + self.side(x, y) * scale
        return Spot(across, self.horizon - (height - self.height) * scale, scale, depth)

    def depth(self, x: float, y: float) -> float:
        return (y - self.y) * cos(self.turn) - (x - self.x) * sin(self.turn)

    def side(self, x: float, y: float) -> float:
        """Return metres to the right."""
        return (self.x - x) * cos(self.turn) + (self.y - y) * sin(self.turn)


def view_drawing(plan: Plan, seat: Seat, lang: str) -> Markup:
    """Return the picture; a plan without a stage shows a dark room."""
    eye = _eye(plan.stage, seat)
    name = label(seat, plan.section(seat.section), lang)
    said = f"The stage seen from {name}" if lang == "en" else f"从{name}看到的舞台"
    return Markup(  # noqa: S704  all the rest is numbers
        f'<svg class="view" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img"><title>{escape(said)}</title>{STYLE}'
        f'<rect class="v-dark" width="{WIDTH}" height="{HEIGHT}"/>'
        f"{_scene(plan.stage, plan, seat, eye) if plan.stage else ''}</svg>"
    )


def _eye(stage: Stage | None, seat: Seat) -> Eye:
    """Return the eye, from high above bent down so far that the stage is in the picture."""
    eye = Eye(seat.x, seat.y, seat.eye, radians(seat.turn))
    if stage is None:
        return eye
    low = eye.spot(stage.x, stage.y, stage.height).y
    return replace(eye, horizon=HORIZON - max(low - LOWEST, 0.0))


def _scene(stage: Stage, plan: Plan, seat: Seat, eye: Eye) -> str:
    edge = min(spot.depth for spot in _corners(stage, eye))
    # in a large hall the heads of one's own section are the ones that matter
    room = plan.by_section[seat.section] if plan.large else plan.seats
    others = [other for other in room if other is not seat]
    spots = [(other, eye.spot(other.x, other.y, other.eye)) for other in others]
    far = [spot for _, spot in spots if spot.depth > max(edge, 0.8) and spot.inside]
    heads = [spot for other, spot in spots if _in_front(other, spot, eye, edge)]
    return "".join((
        '<polygon class="v-stage" points="',
        " ".join(f"{spot.x:.0f},{spot.y:.0f}" for spot in _corners(stage, eye)),
        '"/>',
        *(_far(spot) for spot in far),
        *(_dancer(spot, lean) for spot, lean in _dancers(stage, seat, eye)),
        *(_head(spot) for spot in sorted(heads, key=lambda spot: -spot.depth)),
    ))  # fmt: skip


def _corners(stage: Stage, eye: Eye) -> list[Spot]:
    x, y = stage.width / 2, stage.depth / 2
    around = ((-x, -y), (x, -y), (x, y), (-x, y))
    return [eye.spot(stage.x + dx, stage.y + dy, stage.height) for dx, dy in around]


def _in_front(other: Seat, spot: Spot, eye: Eye, edge: float) -> bool:
    """Say whether a head stands between this seat and the stage."""
    return CLOSEST < spot.depth <= edge and abs(eye.side(other.x, other.y)) < BESIDE


def _dancers(stage: Stage, seat: Seat, eye: Eye) -> list[tuple[Spot, float]]:
    """Return three of them, the farthest first, as near to the seat as the stage allows."""
    here, beside = stage.measure(seat.x, seat.y)
    reach = max(stage.length / 2 - ROOM_FOR_DANCERS, 0)
    middle = min(max(here, -reach), reach)
    side = 1 if beside > 0 else -1
    dancers = [
        (eye.spot(*stage.point(middle + along, across * side), stage.height), lean)
        for along, across, lean in DANCERS
    ]
    return sorted(dancers, key=lambda dancer: -dancer[0].depth)


def _far(spot: Spot) -> str:
    """Draw somebody beyond the edge of the stage, small and dim."""
    return f'<circle class="v-far" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.scale * 0.1:.1f}"/>'


def _dancer(foot: Spot, lean: float) -> str:
    def at(x: float, height: float) -> str:
        return f"{foot.x + x * foot.scale:.1f} {foot.y - height * foot.scale:.1f}"

    hip, neck = at(lean / 2, 0.86), at(lean, 1.42)
    head = at(lean * 1.15, 1.6).split()
    return (
        f'<g class="v-dancer" stroke-width="{foot.scale * 0.09:.1f}">'
        f'<path d="M{at(-0.2, 0)}L{hip}L{at(0.3, 0)}M{hip}L{neck}'
        f'M{at(lean - 0.5, 1.84)}L{neck}L{at(lean + 0.56, 1.62)}"/>'
        f'<circle cx="{head[0]}" cy="{head[1]}" r="{foot.scale * 0.11:.1f}"/></g>'
    )


def _head(eye: Spot) -> str:
    """Draw head and shoulders from behind, their eyes at this spot."""

    def at(x: float, drop: float) -> str:
        return f"{eye.x + x * eye.scale:.1f} {eye.y + drop * eye.scale:.1f}"

    shoulders = (
        f"M{at(-0.24, 0.8)}L{at(-0.22, 0.38)}Q{at(-0.21, 0.23)} {at(-0.06, 0.2)}L{at(-0.06, 0.05)}"
        f"L{at(0.06, 0.05)}L{at(0.06, 0.2)}Q{at(0.21, 0.23)} {at(0.22, 0.38)}L{at(0.24, 0.8)}z"
    )
    return (
        f'<g class="v-head"><path d="{shoulders}"/><ellipse cx="{eye.x:.1f}" cy="{eye.y:.1f}" '
        f'rx="{eye.scale * 0.083:.1f}" ry="{eye.scale * 0.118:.1f}"/></g>'
    )
