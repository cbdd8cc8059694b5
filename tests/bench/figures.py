"""Medians, ratios, and what they should be."""

from collections import defaultdict
from statistics import median
from typing import NamedTuple

ALONE, MANY, RUSH, CLIENTS = 1, 64, 128, 16  # connections; of pgbench
HELLO, SQLITE, POSTGRESQL, PGBENCH = "hello", "SQLite", "PostgreSQL", "pgbench"
DATABASES = (SQLITE, POSTGRESQL)


class Key(NamedTuple):
    step: str
    site: str
    connections: int


class Sample(NamedTuple):
    """One round: milliseconds of CPU an operation, the server's and our own; operations a second."""

    cpu: float
    load: float
    rate: float


class Ratio(NamedTuple):
    """Two rates of the same rounds, and the least that the first should be of the second."""

    what: Key
    of: Key
    target: float


CPU_TARGETS = {  # ms
    **{Key("availability, 304", site, ALONE): 0.10 for site in DATABASES},
    **{Key("availability, full", site, ALONE): 0.13 for site in DATABASES},
    **{Key("performance page", site, ALONE): 0.15 for site in DATABASES},
    **{Key("seat page", site, ALONE): 0.30 for site in DATABASES},
    Key("hold of two", SQLITE, ALONE): 0.36,
    Key("hold of two", POSTGRESQL, ALONE): 0.45,
    Key("hold of two", SQLITE, MANY): 0.15,
    Key("hold of two", POSTGRESQL, MANY): 0.13,
    Key("booking of two", SQLITE, ALONE): 1.4,
    Key("booking of two", POSTGRESQL, ALONE): 1.7,
    Key("booking of two", SQLITE, MANY): 0.75,
    Key("booking of two", POSTGRESQL, MANY): 1.4,
    Key("scan", SQLITE, ALONE): 0.40,
    Key("scan", POSTGRESQL, ALONE): 0.50,
}
RATIOS = [
    Ratio(Key(step, site, connections), Key(step, PGBENCH, CLIENTS), target)
    for step, site, connections, target in [
        ("hold of two", SQLITE, RUSH, 0.65),
        ("hold of two", POSTGRESQL, RUSH, 0.90),
        ("booking of two", SQLITE, MANY, 0.33),
        ("booking of two", POSTGRESQL, MANY, 0.20),
    ]
]
HOUSE_TARGETS = {"start, s": 1.2, "memory idle, MB": 120.0, "memory under load, MB": 160.0}


class Figures:
    def __init__(self) -> None:
        self.rounds: defaultdict[Key, list[Sample]] = defaultdict(list)
        self.house: dict[tuple[str, str], float] = {}  # by what and site

    def typical(self, key: Key) -> Sample:
        return Sample(*(median(field) for field in zip(*self.rounds[key], strict=True)))

    def ratio(self, ratio: Ratio) -> float:
        """Return the median of the rounds' own ratios: noise hits both sides of a round alike."""
        pairs = zip(self.rounds[ratio.what], self.rounds[ratio.of], strict=True)
        return median(one.rate / other.rate for one, other in pairs)
