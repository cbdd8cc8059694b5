"""A rush on a running server: all buyers within seconds, and an end to it."""

import asyncio
import time

from rush.buyer import come
from rush.outcome import Outcome
from rush.sale import look_up
from servers import Server, command

WITHIN, AT_MOST = 2.0, 120.0  # seconds: for all to come; for all to be done


async def rush(server: Server, slug: str, buyers: int) -> Outcome:
    """Let them all want seats of the first performance whose slug begins so."""
    sale = await look_up(server.url, slug)
    cpu, own = server.cpu_seconds, time.process_time()
    tasks = [asyncio.create_task(come(sale, n, WITHIN)) for n in range(buyers)]
    done, waiting = await asyncio.wait(tasks, timeout=AT_MOST)
    taken = time.perf_counter() - sale.began
    cpu, own = server.cpu_seconds - cpu, time.process_time() - own
    for task in waiting:
        task.cancel()
    for task in done:
        task.result()  # a buyer's own mistake is ours, not the server's
    verified = command(server.database, server.folder, "verify")
    return Outcome(sale, buyers, len(waiting), taken, cpu, own, server.memory("VmHWM"), verified)
