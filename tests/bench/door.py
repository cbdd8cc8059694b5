"""The door on both databases: `PYTHONPATH=tests .venv/bin/python -m bench.door [TICKETS]`.

Prints how long a manifest of 80,000 tickets takes and how large it is, what the phone's script needs to
load it, and how long a batch of 500 scans takes. PostgreSQL's own time is in the seconds and not in the CPU.
"""

import gzip
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import sqlalchemy as sa

import databases
import postgres
from evening import GATE
from halls import arena_world
from nodejs import node
from stage import SECRET_KEY, Stage, stage
from ticketing.admission.admit import Attempt
from ticketing.admission.doors.batch_api import packed
from ticketing.admission.offline.batch import Sent, take_in
from ticketing.admission.offline.manifest import manifest
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.codes import digest, new_id, new_secret, short_number, ticket_number
from ticketing.orders.models import Order, OrderLine
from ticketing.programme.queries import by_id
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.keys import ensure_key, keyring
from ticketing.tickets.models import Ticket
from ticketing.tickets.sign import TicketCode, sign
from ticketing.world.seed import seed

T = TypeVar("T")
BATCH = 500
SIZES = (1, 2, 2, 2, 3, 4)  # tickets in an order


def main(tickets: int) -> None:
    databases.import_every_model()
    folder = Path(tempfile.mkdtemp(prefix="door-"))
    try:
        world = arena_world(tickets)
        with postgres.running(durable=True) as cluster:
            for name, url in (
                ("SQLite", f"sqlite:///{folder}/bench.db"),
                ("PostgreSQL", databases.create_database(cluster, "bench")),
            ):
                print(name)
                databases.make_tables(url)
                desk = open_desk(url)
                seed(desk, world)
                desk.write_now(ensure_key, SECRET_KEY)
                measure(stage(desk), tickets, folder)
                desk.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(hall: Stage, tickets: int, folder: Path) -> None:
    desk, show = hall.desk, hall.performance
    keys = desk.read_now(keyring, SECRET_KEY)
    at = desk.read_now(by_id, show)
    seats = [seat.id for seat in desk.read_now(read_plan, at.plan_id).seats][:tickets]
    rng, shorts = Random(1), iter({short_number() for _ in range(2 * tickets)})
    for orders in parties(seats, rng):
        desk.write_now(sell, show, orders, shorts)
    query = (GATE, show, "", keys, at.doors_at)
    told = timed(f"manifest of {len(seats)} tickets", lambda: desk.read_now(manifest, *query))
    body = timed("as JSON, compressed", lambda: packed(told))
    print(f"  {len(gzip.decompress(body)) / 1e6:.1f} MB, {len(body) / 1e6:.1f} MB as sent")
    path = folder / "manifest.json"
    path.write_bytes(gzip.decompress(body))
    print(f"  {node('load.mjs', str(path))}")
    codes = [
        sign(TicketCode(row.key_id, at.number, row.number, row.issue), keys.private[row.key_id])
        for row in hall.ask(sa.select(Ticket.__table__).limit(BATCH))
    ]
    for n in range(3):
        scans = [
            kept(show, f"phone-{n}", number, code, at.doors_at) for number, code in enumerate(codes)
        ]
        timed(
            f"batch of {len(scans)}, {'first' if n == 0 else 'again, by another phone'}",
            partial(desk.write_now, take_in, scans, at.doors_at, keys, by="bench"),
        )


def parties(seats: list[str], rng: Random) -> Iterator[list[list[str]]]:
    """Yield the seats of some hundred orders at a time."""
    left = iter(seats)
    while batch := [party for _ in range(300) if (party := list(islice(left, rng.choice(SIZES))))]:
        yield batch


def sell(
    tx: Tx, performance_id: str, orders: list[list[str]], shorts: Iterator[str], *, now: int
) -> None:
    """Store tickets as a sale leaves them, without its money."""
    rows: dict[Any, list[dict[str, Any]]] = {Order: [], OrderLine: [], Ticket: []}
    for seats in orders:
        order_id, secret = new_id(now), new_secret()
        rows[Order].append(order_row(order_id, performance_id, secret, now))
        for seat_id in seats:
            line_id, secret = new_id(now), new_secret()
            rows[OrderLine].append(line_row(line_id, order_id, performance_id, seat_id))
            rows[Ticket].append(
                {
                    "id": new_id(now), "number": ticket_number(), "short": next(shorts),
                    "secret": secret, "secret_digest": digest(secret), "order_id": order_id,
                    "performance_id": performance_id, "seat_id": seat_id, "line_id": line_id,
                    "key_id": 1, "issue": 1, "issued_at": now,
                }
            )  # fmt: skip
    for model, some in rows.items():
        tx.execute(sa.insert(model), some)


def order_row(order_id: str, performance_id: str, secret: str, now: int) -> dict[str, Any]:
    return {
        "id": order_id, "performance_id": performance_id, "number": new_secret()[:10],
        "secret": secret, "secret_digest": digest(secret), "hold_id": new_id(now),
        "channel": "online", "status": "paid", "buyer_name": "", "buyer_phone": "",
        "buyer_email": f"{order_id}@example.com", "lang": "zh", "total": 0, "currency": "CNY",
        "terms": [], "placed_by": "bench", "placed_at": now, "pay_by": now, "paid_at": now,
    }  # fmt: skip


def line_row(line_id: str, order_id: str, performance_id: str, seat_id: str) -> dict[str, Any]:
    return {
        "id": line_id, "order_id": order_id, "performance_id": performance_id, "seat_id": seat_id,
        "section": "", "band": "", "ticket_type": "full", "face": 0, "paid": 0, "discount": 0,
        "funded": 0,
    }  # fmt: skip


def kept(performance_id: str, device: str, sequence: int, code: str, at: int) -> Sent:
    return Sent(
        Attempt(
            GATE, performance_id, code, f"{device}-{sequence}", at, device=device, sequence=sequence
        )
    )


def timed(what: str, act: Callable[[], T]) -> T:
    began, cpu = time.perf_counter(), time.process_time()
    result = act()
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    print(f"  {what}: {seconds:.3f} s, of which {used:.3f} s CPU")
    return result


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]) if sys.argv[1:] else (80_000,))
