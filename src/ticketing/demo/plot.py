"""Which performances of the demo were sold how far, and whether their evening is over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plot:
    """``sold``: share of the house; ``arrived``: share of the buyers who came, None before it.

    ``slug`` is the beginning of the performance's, whose date may be relative to today.
    """

    slug: str
    sold: float
    arrived: float | None = None


PLOTS = [
    Plot("tiandishu-2026-05-23", sold=1.0, arrived=0.96),
    Plot("sangeng-", sold=1.0),
    Plot("shuimen-", sold=0.55),
    Plot("tiandishu-demo-", sold=0.4),
    Plot("hushang-", sold=0.3),
]
