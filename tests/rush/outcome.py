"""How a rush ended: what was wrong, and the report."""

from collections import Counter
from dataclasses import dataclass
from statistics import quantiles

from rush.record import Record
from rush.sale import Sale

HEAD = f"{'':14}{'asked':>8}{'p50 ms':>9}{'p99 ms':>9}   answers"


@dataclass(frozen=True)
class Outcome:
    """Times in seconds, memory in MB. ``waiting``: buyers who were not done in time."""

    sale: Sale
    buyers: int
    waiting: int
    taken: float
    server_cpu: float
    own_cpu: float
    memory: float
    verified: str

    @property
    def oversold(self) -> int:
        """Return how many tickets there are beyond one a seat."""
        sold = self.sale.sold
        return max(len(sold) - len(set(sold)), len(sold) - self.sale.free)

    def wrong(self) -> list[str]:
        """Return a sentence for each thing that may not happen."""
        sold, free = len(self.sale.sold), self.sale.free
        found = [f"{n} × {step}: {kind}" for (step, kind), n in self.sale.record.broken().items()]
        if self.oversold > 0:
            found.append(f"{self.oversold} seats were sold twice")
        if sold < free:
            found.append(f"{free - sold} seats were left though {self.buyers} people wanted them")
        if self.waiting:
            found.append(f"{self.waiting} buyers were still waiting when time was up")
        if "Every invariant holds" not in self.verified:
            found.append(self.verified.strip())
        return found

    def report(self) -> str:
        record, sale = self.sale.record, self.sale
        asked = record.count()
        lines = [
            f"{self.buyers:,} buyers, {sale.free} seats: {len(sale.sold)} sold in"
            f" {len(sale.bought)} orders, the last after {sale.last_sold_after:.1f} s;"
            f" oversold {max(self.oversold, 0)}",
            f"{asked:,} requests in {self.taken:.1f} s: {asked / self.taken:,.0f} a second;"
            f" CPU server {self.server_cpu:.1f} s, buyers {self.own_cpu:.1f} s;"
            f" server at most {self.memory:.0f} MB",
            "", HEAD, *(line for step in record.seconds for line in step_lines(record, step)), "",
            self.verified.strip(),
            *(f"WRONG  {sentence}" for sentence in self.wrong()),
        ]  # fmt: skip
        return "\n".join(lines)


def step_lines(record: Record, step: str) -> list[str]:
    """Return a step's line, and a further one for each further kind of answer."""
    kinds = Counter({kind: n for (its, kind), n in record.answers.items() if its == step})
    first, *others = [f"{n:6} × {kind}" for kind, n in kinds.most_common()]
    median, worst = (1000 * percentile(record.seconds[step], share) for share in (50, 99))
    line = f"{step:14}{kinds.total():8,}{median:9.1f}{worst:9.1f}   {first}"
    return [line, *(" " * 43 + other for other in others)]


def percentile(values: list[float], share: int) -> float:
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
