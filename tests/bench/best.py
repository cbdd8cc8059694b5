"""What the best seats cost to find: `PYTHONPATH=tests .venv/bin/python -m bench.best`.

Halls of three sizes, sold to parties of one to six in random places. CPU time of this process; it
moves with the machine. The plan's rows are read once a process; that is shown apart.
"""

import time
from random import Random
from statistics import median

from some_halls import a_large_hall
from ticketing.inventory.search.best_available import choose
from ticketing.inventory.search.seating import seating
from ticketing.seating.plan import Plan

HALLS = {150: (10, 15), 2_000: (40, 50), 80_000: (200, 400)}  # rows and seats in each
SOLD = (0.0, 0.5, 0.9, 0.97)
PARTIES = (2, 4, 6, 12, 20)
TIMES = 40


def main() -> None:
    print(f"{'seats':>7}{'sold':>6}{'party':>7}{'answer':>10}{'median ms':>11}{'worst ms':>10}")
    for size, (row_count, width) in HALLS.items():
        plan = a_large_hall(row_count, width)
        start = time.process_time()
        choose(plan, set(), 2, rng=Random(0))
        print(f"{size:>7}  the first time in a process: {since(start):.1f} ms")
        for share in SOLD:
            taken = sell(plan, share, Random(1))
            for party in PARTIES:
                measure(plan, taken, share, party)


def measure(plan: Plan, taken: set[str], share: float, party: int) -> None:
    answer = kind(plan, choose(plan, taken, party, rng=Random(0)))  # warm
    times = []
    for seed in range(TIMES):
        start = time.process_time()
        choose(plan, taken, party, rng=Random(seed))
        times.append(since(start))
    size = len(plan.seats)
    print(
        f"{size:>7}{share:>6.0%}{party:>7}{answer:>10}{median(times):>11.2f}{max(times):>10.2f}",
        flush=True,
    )


def since(start: float) -> float:
    return (time.process_time() - start) * 1000


def kind(plan: Plan, seats: list[str] | None) -> str:
    if seats is None:
        return "none"
    parts = seating(plan, seats).parts
    return "together" if parts == 1 else f"in {parts}"


def sell(plan: Plan, share: float, rng: Random) -> set[str]:
    taken: set[str] = set()
    while len(taken) < share * len(plan.seats):
        start = rng.randrange(len(plan.seats))
        taken |= {seat.id for seat in plan.seats[start : start + rng.randint(1, 6)]}
    return taken


if __name__ == "__main__":
    main()
