"""`make bench`: what a request costs on both databases, and how near the rates come to pgbench.

Real servers in processes of their own, real databases with their durability on. Each round goes
through all steps and servers in turn, so that noise hits all alike. QUICK=1: fewer and smaller rounds;
RECORD=1: the figures also go into docs/performance.md.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import uvloop

import databases
import postgres
from bench.check import check_counts
from bench.document import document
from bench.figures import HELLO, POSTGRESQL, SQLITE, Figures
from bench.house import measure_house
from bench.machine import machine
from bench.pgbench import Pgbench
from bench.rounds import go_round
from bench.site import Site, box_office, hello_server
from bench.table import as_json, markdown
from crowd import crowd_festival
from servers import HOST, command, serving

RESULT = Path("var/bench.json")


def main() -> int:
    databases.import_every_model()
    quick = bool(os.environ.get("QUICK"))
    folder, figures = Path(tempfile.mkdtemp(prefix="bench-")), Figures()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = stack.enter_context(postgres.running(durable=True))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(measure_steps(figures, cluster, folder, *((2, 0.3) if quick else (5, 1.0))))
            runner.run(measure_houses(figures, cluster, folder, starts=2 if quick else 5))
        about = machine(databases.postgres_url(cluster, "bench"))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"machine": about, **as_json(figures)}, indent=1))
    told = f"{', '.join(f'{name} {value}' for name, value in about.items())}\n\n{markdown(figures)}"
    print(told)
    if os.environ.get("RECORD"):
        document(told)
    return 0


async def measure_steps(
    figures: Figures, cluster: str, folder: Path, rounds: int, share: float
) -> None:
    urls = furnish(cluster, folder)
    pgbench = Pgbench(cluster, "pgbench", folder)
    with ExitStack() as stack:
        sites = [Site(HELLO, stack.enter_context(hello_server(folder)))]
        for name, url in urls.items():
            server = stack.enter_context(serving(url, folder, "--host", HOST))
            sites.append(await box_office(name, server))
        for n in range(rounds):
            print(f"round {n + 1} of {rounds}", file=sys.stderr)
            await go_round(figures, sites, pgbench, share)
        for site in sites[1:]:
            check_counts(site.server.database, site.done)
            figures.house["memory under load, MB", site.name] = site.server.memory("VmHWM")
    check_counts(pgbench.url, pgbench.done)


async def measure_houses(figures: Figures, cluster: str, folder: Path, *, starts: int) -> None:
    postgresql = databases.create_database(cluster, "demo")
    for name, url in {SQLITE: f"sqlite:///{folder}/demo.db", POSTGRESQL: postgresql}.items():
        house = await measure_house(url, folder, starts)
        figures.house["start, s", name] = house.start
        figures.house["memory idle, MB", name] = house.memory


def furnish(cluster: str, folder: Path) -> dict[str, str]:
    """Seed a database of each kind, and a third for pgbench."""
    urls = {
        SQLITE: f"sqlite:///{folder}/bench.db",
        POSTGRESQL: databases.create_database(cluster, "bench"),
    }
    festival = str(crowd_festival(folder))
    for url in urls.values():
        command(url, folder, "seed", festival)
    databases.create_database(cluster, "pgbench", "bench")
    return urls


if __name__ == "__main__":
    raise SystemExit(main())
