"""The people of the section drawing: three ways to sit, and a dancer."""

from dataclasses import dataclass

from ticketing.seating.plan import Kind


@dataclass(frozen=True, slots=True)
class Ground:
    """The floor of the drawing; ``scale`` units to the metre."""

    y: int
    scale: float

    def raised(self, height: float) -> "Ground":
        """Return the floor of what stands so many metres higher."""
        return Ground(round(self.up(height)), self.scale)

    def up(self, height: float) -> float:
        return self.y - height * self.scale

    def path(self, x: float, *points: tuple[float, float]) -> str:
        """Return a line through points given in metres beside x and over the floor."""
        return "M" + "L".join(
            f"{x + aside * self.scale:.0f} {self.up(height):.0f}" for aside, height in points
        )


# Metres beside the sitter and over the floor: the leg from the hip down, and what one sits on.
LEGS: dict[Kind, tuple[tuple[float, float], ...]] = {
    "cushion": ((0.3, 0.17), (0.05, 0.09)),
    "stool": ((0.3, 0.42), (0.26, 0.02), (0.36, 0.02)),
    "chair": ((0.3, 0.8), (0.27, 0.28), (0.37, 0.28)),
    "tip-up": ((0.36, 0.5), (0.34, 0.03), (0.44, 0.03)),
}


def sitter(kind: Kind, x: float, seat: float, eye: float, ground: Ground) -> str:
    """Draw somebody facing right; ``seat`` and ``eye`` are heights in metres."""
    hip, neck = (-0.06, seat + 0.1), (0.0, seat + 0.55)
    arm = ((0.0, seat + 0.49), (0.13, seat + 0.25), (0.3, seat + 0.23))
    head = x + 0.04 * ground.scale
    return (
        f"{_thing(kind, x, seat, ground)}"
        f'<path class="x-body" stroke-width="{0.1 * ground.scale:.1f}" '
        f'd="{ground.path(x, neck, hip, *LEGS[kind])}"/>'
        f'<path class="x-body" stroke-width="{0.07 * ground.scale:.1f}" '
        f'd="{ground.path(x, *arm)}"/>'
        f'<ellipse class="x-head" cx="{head:.0f}" cy="{ground.up(eye):.0f}" '
        f'rx="{0.095 * ground.scale:.0f}" ry="{0.12 * ground.scale:.0f}"/>'
    )


def _thing(kind: Kind, x: float, seat: float, ground: Ground) -> str:
    """Draw the cushion, the stool, or the seat with a back; high chairs have a footrest."""
    s = ground.scale
    if kind == "cushion":
        return (
            f'<ellipse class="x-seat" cx="{x - 0.04 * s:.0f}" cy="{ground.up(0.04):.0f}" '
            f'rx="{0.27 * s:.0f}" ry="{0.045 * s:.0f}"/>'
        )
    board = ((-0.24, seat), (0.17, seat), (0.17, seat - 0.05), (-0.24, seat - 0.05))
    back = seat - 0.04 if kind == "stool" else seat + 0.42
    legs = ground.path(x, (-0.21, back), (-0.21, 0)) + ground.path(
        x, (0.13, seat - 0.04), (0.13, 0)
    )
    rest = ground.path(x, (-0.21, 0.26), (0.3, 0.26)) if kind == "chair" else ""
    return f'<path class="x-seat" d="{ground.path(x, *board)}z"/><path class="x-leg" d="{legs}{rest}"/>'


def dancer(x: float, ground: Ground) -> str:
    """Draw a dancer on one leg, the other raised behind, the arms wide."""
    legs = ground.path(x, (-0.02, 0.9), (0.05, 0.45), (0.0, 0.02))
    legs += ground.path(x, (-0.02, 0.9), (0.3, 0.72), (0.52, 0.95))
    trunk = ground.path(x, (-0.02, 0.9), (-0.1, 1.4))
    arms = ground.path(x, (-0.42, 1.52), (-0.1, 1.38), (0.16, 1.62), (0.4, 1.78))
    return (
        f'<g class="x-dancer" stroke-width="{0.085 * ground.scale:.1f}"><path d="{legs}"/>'
        f'<path stroke-width="{0.14 * ground.scale:.1f}" d="{trunk}"/><path d="{arms}"/>'
        f'<circle cx="{x - 0.14 * ground.scale:.0f}" cy="{ground.up(1.6):.0f}" '
        f'r="{0.095 * ground.scale:.0f}" stroke="none"/></g>'
    )
