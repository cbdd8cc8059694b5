"""Hear what an act sends to PostgreSQL."""

from collections.abc import Callable
from typing import Any

import psycopg
import sqlalchemy as sa
from typing_extensions import override

from servers import SECRET_KEY
from ticketing.checkout.place import Wish
from ticketing.checkout.place_once import place_once
from ticketing.desk.db import Tx
from ticketing.desk.postgres import BEGIN
from ticketing.desk.worker import driver
from ticketing.foundation.clock import SystemClock
from ticketing.foundation.codes import digest
from ticketing.inventory.hold import hold
from ticketing.orders.create import Buyer
from ticketing.payments.gateways.free import FREE
from ticketing.tickets.keys import ensure_key

Query = tuple[str, dict[str, Any]]
Recording = list[list[Query]]  # by transaction
PLACES = sa.text(
    "select p.id, s.id from performance p join seat s on s.plan_id = p.plan_id"
    " where p.slug like 'lawn-%' order by p.id, s.id limit 4"
)


class Recorder(psycopg.Cursor[Any]):
    heard: list[Query] = []  # noqa: RUF012  of all of them: SQLAlchemy makes the cursors

    @override
    def execute(self, query: Any, params: Any = None, **more: Any) -> "Recorder":
        self.heard.append((str(query), dict(params or {})))
        return super().execute(query, params, **more)


def record(url: str) -> list[Recording]:
    """Hold and book two places, undo it, and do it again with two others."""
    engine = sa.create_engine(
        url, isolation_level="AUTOCOMMIT", connect_args={"cursor_factory": Recorder}
    )
    recordings, now = [], SystemClock().now()
    with engine.connect() as connection:
        ensure_key(Tx(connection), SECRET_KEY, now=now)
        places = [tuple(row) for row in connection.execute(PLACES)]
        for pair in (places[:2], places[:2], places[2:]):  # the first also reads the plan, once
            recordings.append(book(Tx(connection), pair[0][0], [seat for _, seat in pair], now))
            driver(connection).rollback()
    engine.dispose()
    return recordings[1:]


def book(tx: Tx, lawn: str, seats: list[str], now: int) -> Recording:
    named: dict[str, Any] = {"by": f"client {seats[0]}", "now": now, "minutes": 15}
    network = f"network {seats[0]}"  # whose holds are counted
    held, first = heard(tx, lambda: hold(tx, lawn, seats, network=network, **named))
    buyer, kinds = Buyer(email=f"{held.token}@example.com"), dict.fromkeys(seats, "free")
    wish = Wish(held.token, buyer, kinds, FREE, None, "zh")
    key, print_ = held.token, digest(held.token)
    _, second = heard(tx, lambda: place_once(tx, wish, key, print_, base_url="", **named))
    return [first, second]


def heard(tx: Tx, act: Callable[[], Any]) -> tuple[Any, list[Query]]:
    """Return the act's answer and what it sent, after what begins each transaction."""
    Recorder.heard.clear()
    tx.begin(BEGIN)
    answer = act()
    return answer, list(Recorder.heard)
