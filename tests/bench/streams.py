"""What a thousand open pages cost: ``PYTHONPATH=tests python -m bench.streams``.

A real server, ten changes a second, and a thousand streams that a second process reads over
loopback. Everything ends by itself.
"""

import asyncio
import multiprocessing
import shutil
import tempfile
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

import databases
import postgres
from bench.__main__ import furnish
from clients import Buyer
from servers import HOST, Server, serving
from ticketing.foyer.doors.streams import most_pages

PAGES, CHANGES, SECONDS = 1_000, 10, 20  # changes a second, for so long
LONGEST = 300  # seconds until the reading process ends, whatever happens
HEAD = ("", "no page", "all", "pages", "KB a page", "events/s")


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="streams-"))
    databases.import_every_model()
    print(f"{PAGES} open pages, {CHANGES} changes a second for {SECONDS} s; share of a core")
    print("{:12}{:>10}{:>10}{:>10}{:>11}{:>10}".format(*HEAD))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = stack.enter_context(postgres.running(durable=True))
        for name, url in furnish(cluster, folder).items():
            with serving(url, folder, "--host", HOST) as server:
                row = measure(server)
            print("{:12}{:10.1%}{:10.1%}{:10.1%}{:11.1f}{:10.2f}".format(name, *row), flush=True)
    return 0


def measure(server: Server) -> tuple[float, float, float, float, float]:
    """Return the share of a core without and with the pages, the difference, what memory a page
    takes in KB, and how many events a second each was told."""
    hall = Buyer(server.url).performance("shuimen-again-")["id"]
    change(server.url, hall, 3)  # warm
    alone, memory = share_of_a_core(server, hall), resident(server)
    line, far = multiprocessing.Pipe()
    readers = multiprocessing.Process(target=be_pages, args=(server.url, hall, far), daemon=True)
    readers.start()
    opened = ask(line)
    grown = (resident(server) - memory) / PAGES
    share = share_of_a_core(server, hall)
    told = ask(line) - opened
    readers.join(30)
    return alone, share, share - alone, grown, told / PAGES / SECONDS


def share_of_a_core(server: Server, hall: str) -> float:
    cpu = server.cpu_seconds
    change(server.url, hall, SECONDS)
    return (server.cpu_seconds - cpu) / SECONDS


def change(url: str, hall: str, seconds: int) -> None:
    """Hold two seats and give them back in turn: each is a change."""
    buyer, end, held = Buyer(url), time.monotonic() + seconds, ""
    while time.monotonic() < end:
        due = time.monotonic() + 1 / CHANGES
        if held:
            buyer.http.delete(f"/api/holds/{held}").raise_for_status()
        held = "" if held else buyer.best(hall, 2)["token"]
        time.sleep(max(due - time.monotonic(), 0))
    if held:
        buyer.http.delete(f"/api/holds/{held}").raise_for_status()


def resident(server: Server) -> float:
    """Return the server's resident memory in KB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return float(status.partition("VmRSS:")[2].split()[0])


def ask(line: Connection) -> int:
    """Return how many events the pages were told so far, once all are open."""
    line.send("?")
    if not line.poll(LONGEST):
        raise RuntimeError("the pages could not be opened")
    return int(line.recv())


def be_pages(url: str, hall: str, line: Connection) -> None:
    """In a process of its own: be a thousand pages and answer twice how much they were told."""
    most_pages()  # as many file handles as the machine gives
    asyncio.run(asyncio.wait_for(open_pages(url, hall, line), LONGEST))


async def open_pages(url: str, hall: str, line: Connection) -> None:
    told, open_ = [0] * PAGES, asyncio.Barrier(PAGES + 1)
    tasks = [asyncio.create_task(read(url, hall, told, n, open_)) for n in range(PAGES)]
    await open_.wait()
    for _ in range(2):
        await asyncio.to_thread(line.recv)
        line.send(sum(told))
    for task in tasks:
        task.cancel()


async def read(url: str, hall: str, told: list[int], n: int, open_: asyncio.Barrier) -> None:
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    path = f"/api/performances/{hall}/availability/stream"
    writer.write(f"GET {path} HTTP/1.1\r\nhost: {where.netloc}\r\n\r\n".encode())
    while line := await reader.readline():
        if line.startswith(b"event: "):
            told[n] += 1
            if told[n] == 1:
                await open_.wait()


if __name__ == "__main__":
    raise SystemExit(main())
