"""Which performances of the demo were sold how far, and whether their evening is over."""

from dataclasses import dataclass

from ticketing.inventory.models import KeptFor


@dataclass(frozen=True, slots=True)
class Keep:
    """So many seats until so many hours before it begins; ``invites``: comps among them."""

    kind: KeptFor
    note: str
    seats: int
    hours: int
    invites: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """``sold``: share of the house; ``arrived``: share of the buyers who came, None before it.

    ``slug`` is the beginning of the performance's, whose date may be relative to today.
    """

    slug: str
    sold: float
    arrived: float | None = None
    kept: tuple[Keep, ...] = ()


PLOTS = [
    Plot("tiandishu-2026-05-23", sold=1.0, arrived=0.96),
    Plot("sangeng-", sold=1.0),
    Plot("shuimen-", sold=0.55),
    Plot(
        "tiandishu-demo-", sold=0.4,
        kept=(
            Keep(KeptFor.HOUSE, "演职人员亲友", seats=4, hours=24),
            Keep(KeptFor.PRESS, "南湖晚报", seats=4, hours=48, invites=2),
        ),
    ),
    Plot("hushang-", sold=0.3),
    Plot("ferry-2026-01-16", sold=0.9, arrived=0.94),
    Plot("salt-now-", sold=0.35),
    Plot("night-ferry-", sold=0.45, kept=(Keep(KeptFor.HOUSE, "Cast and crew", seats=6, hours=24),)),
    Plot("midnight-radio-", sold=0.2),
    Plot("carols-", sold=0.4),
]  # fmt: skip
