"""One round: every step on every server, alone and with many, and pgbench beside them."""

import time

from bench.figures import ALONE, CLIENTS, HELLO, MANY, PGBENCH, RUSH, Figures, Key, Sample
from bench.pgbench import Pgbench
from bench.site import Site
from bench.steps import HELLO_STEPS, STEPS, Step
from load import connect, drive, own_address

COUNTS = {ALONE: 150, MANY: 1_200, RUSH: 3_200}  # operations
SLOW = {"booking of two", "scan"}  # half of them will do
PGBENCH_COUNTS = {"hold of two": 3_200, "booking of two": 1_600}


async def go_round(figures: Figures, sites: list[Site], pgbench: Pgbench, share: float) -> None:
    for name, make in (HELLO_STEPS | STEPS).items():
        for connections in (ALONE, MANY, RUSH) if name == "hold of two" else (ALONE, MANY):
            count = int(COUNTS[connections] * share * (0.5 if name in SLOW else 1))
            for site in sites:
                if (site.name == HELLO) == (name in HELLO_STEPS):
                    key = Key(name, site.name, connections)
                    figures.rounds[key].append(await sample(key, make(site), site, count))
        if name in pgbench.scripts:
            rate = pgbench.run(name, int(PGBENCH_COUNTS[name] * share))
            figures.rounds[Key(name, PGBENCH, CLIENTS)].append(Sample(0, 0, rate))


async def sample(key: Key, step: Step, site: Site, count: int) -> Sample:
    connections = [await connect(site.server.url, own_address(n)) for n in range(key.connections)]
    pieces = await step.ready(connections[0], count)
    cpu, load, clock = site.server.cpu_seconds, time.process_time(), time.perf_counter()
    await drive(connections, pieces, step.act)
    taken = time.perf_counter() - clock
    cpu, load = site.server.cpu_seconds - cpu, time.process_time() - load
    for connection in connections:
        connection.close()
    site.done[key.step] += count
    return Sample(cpu * 1000 / count, load * 1000 / count, count / taken)
