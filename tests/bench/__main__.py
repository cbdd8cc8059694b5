"""`make bench`: what a request costs, on both databases, by the server's own CPU time.

A real server in its own process, real databases with their durability on; one connection at a time
for the cost, eight for the rate. Times move with the machine; ratios count.
"""

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import databases
import postgres
from bench.steps import STEPS, Pairs, Round
from servers import Server, command, serving, token
from ticketing.foundation.resources import directory

ROUNDS, WORKERS = 3, 8
ORDER = "most_per_order: 12\n"
FREELY = f"{ORDER}    most_holds_per_client: 1000000\n    most_holds_per_network: 1000000\n"
TARGETS = {
    "performance page": 0.5,
    "availability": 0.3,
    "hold of two": 0.6,
    "free booking of two": 4.0,
    "scan": 1.5,
}


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    databases.import_every_model()
    try:
        with both(folder) as urls:
            measure(urls, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


@contextmanager
def both(folder: Path) -> Iterator[dict[str, str]]:
    """Yield a database of each kind with the shipped programme and a lawn for thousands."""
    festival = large_lawn(folder)
    with postgres.running(durable=True) as cluster:
        urls = {
            "SQLite": f"sqlite:///{folder}/bench.db",
            "PostgreSQL": databases.create_database(cluster, "bench"),
        }
        for url in urls.values():
            command(url, folder, "seed", str(festival))
        yield urls


def large_lawn(folder: Path) -> Path:
    """Copy the fixtures with 2,000 places on the lawn instead of 200, so that none runs out, and
    with limits that one machine does not meet."""
    copy = Path(shutil.copytree(directory("fixtures"), folder / "fixtures"))
    for name in ("festival.yaml", "plans/open-air.yaml"):
        text = (copy / name).read_text()
        (copy / name).write_text(text.replace(": 200", ": 2000").replace(ORDER, FREELY))
    return copy / "festival.yaml"


def measure(urls: dict[str, str], folder: Path) -> None:
    print(f"{'':22}{'database':12}{'CPU ms':>8}{'target':>8}{'per s, 1':>10}{'per s, 8':>10}")
    for name, url in urls.items():
        Pairs.numbers = count()
        with serving(url, folder, "--host", "127.0.0.1") as server:
            usher = token(url, folder, "usher")
            for step, make in STEPS.items():
                cost, alone = cost_of(server, make(server.url, usher))
                rate = rate_of(make, server.url, usher)
                print(f"{step:22}{name:12}{cost:8.2f}{TARGETS[step]:8.1f}{alone:10.0f}{rate:10.0f}")
                sys.stdout.flush()


def cost_of(server: Server, round_: Round) -> tuple[float, float]:
    """Return the median over rounds of CPU milliseconds and requests a second, one at a time."""
    costs, rates = [], []
    round_.warm_up()
    for _ in range(ROUNDS):
        ready = round_.prepare()
        cpu, wall = server.cpu_seconds, time.perf_counter()
        count = round_.run(ready)
        costs.append((server.cpu_seconds - cpu) * 1000 / count)
        rates.append(count / (time.perf_counter() - wall))
    return sorted(costs)[ROUNDS // 2], sorted(rates)[ROUNDS // 2]


def rate_of(make: Callable[[str, str], Round], url: str, usher: str) -> float:
    rounds = [make(url, usher) for _ in range(WORKERS)]
    ready = [round_.prepare() for round_ in rounds]
    counts = [0] * WORKERS

    def run(n: int) -> None:
        counts[n] = rounds[n].run(ready[n])

    threads = [threading.Thread(target=run, args=(n,)) for n in range(WORKERS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


if __name__ == "__main__":
    raise SystemExit(main())
