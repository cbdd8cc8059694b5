"""The sale that all want to be at: its seats, and who got which."""

import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from load import connect, get
from rush.record import Record

Row = list[str]  # seat ids, side by side


@dataclass
class Sale:
    """``free``: how many seats there are to be had. ``bought``: seats by the order's secret."""

    url: str
    id: str
    slug: str
    ticket_type: str
    rows: list[Row]
    free: int
    record: Record = field(default_factory=Record)
    bought: dict[str, list[str]] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)
    last_sold_after: float = 0.0  # seconds

    def sell(self, secret: str, seats: list[str]) -> None:
        self.bought[secret] = seats
        self.last_sold_after = time.perf_counter() - self.began

    @property
    def sold(self) -> list[str]:
        return [seat for seats in self.bought.values() for seat in seats]

    def pick(self, gone: set[str], party: int, rng: Random) -> list[str] | None:
        """Return neighbours by hand: rows are cut into parties, so that nobody leaves a single one."""
        cut = (row[n : n + party] for row in self.rows for n in range(0, len(row), party))
        free = [seats for seats in cut if len(seats) == party and not gone.intersection(seats)]
        return rng.choice(free) if free else None


async def look_up(url: str, slug: str) -> Sale:
    """Return the first performance whose slug begins so."""
    connection = await connect(url)

    async def fetch(path: str) -> Any:
        return (await connection.ask(get(path), 200)).json()

    found = next(p for p in await fetch("/api/performances") if p["slug"].startswith(slug))
    here = f"/api/performances/{found['id']}"
    kinds = (await fetch(here))["ticket_types"]
    free = (await fetch(f"{here}/availability"))["available"]
    rows = side_by_side((await fetch(f"{here}/plan"))["seats"])
    connection.close()
    return Sale(url, found["id"], found["slug"], kinds[0]["id"], rows, free)


def side_by_side(seats: list[dict[str, Any]]) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    for seat in sorted(seats, key=lambda seat: int(seat["number"])):
        rows.setdefault((seat["section"], seat["row"]), []).append(seat["id"])
    return list(rows.values())
