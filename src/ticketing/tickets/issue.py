"""Issuing tickets: one for each seat sold, counted against the approved number."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import INSERT, Statement, Tx
from ticketing.foundation.codes import digest, new_id, new_secret, short_number, ticket_number
from ticketing.foundation.errors import Refused
from ticketing.tickets.headcount import count_in
from ticketing.tickets.models import UNPAID, SigningKey, Ticket

# the one that signs now; written out, since the same parameter stands in the rows
KEY = (
    sa.select(sa.func.max(SigningKey.id))
    .where(SigningKey.used_from <= sa.bindparam("issued_at", type_=sa.BigInteger))
    .scalar_subquery()
)
DRAWN = ("id", "number", "short", "secret", "secret_digest", "seat_id", "line_id")


class ApprovedNumberReached(Refused):
    type = "house-full"
    zh = "已到核准人数，不能再出票。"
    en = "As many people as may come in have a ticket: there are no more."


@cache
def insertion(dialect: str, count: int) -> Statement:
    """So many tickets; the answer names the seats of those whose short number was still free."""
    same = ("performance_id", "order_id", "issue", "issued_at", "voided_at", "void_reason")
    rows: list[dict[str, Any]] = [
        {name: sa.bindparam(name) for name in same}
        | {name: sa.bindparam(f"{name}_{n}") for name in DRAWN}
        for n in range(count)
    ]
    insert = INSERT[dialect](Ticket).values([row | {"key_id": KEY} for row in rows])
    free = insert.on_conflict_do_nothing(index_elements=[Ticket.performance_id, Ticket.short])
    return Statement(free.returning(Ticket.seat_id))


def issue(
    tx: Tx, performance_id: str, order_id: str, lines: Mapping[str, str], *, now: int
) -> None:
    """``lines``: order line by seat. The unique index on live tickets is the second line of defence."""
    write(tx, performance_id, order_id, lines, now=now)
    if not count_in(tx, performance_id, len(lines)):
        raise ApprovedNumberReached()


def reserve(
    tx: Tx, performance_id: str, order_id: str, lines: Mapping[str, str], *, now: int
) -> None:
    """Write tickets that are not valid yet: void, so that they count nowhere, with the code that they will
    have when they are paid for."""
    write(tx, performance_id, order_id, lines, void_reason=UNPAID, now=now)


def write(
    tx: Tx, performance_id: str, order_id: str, lines: Mapping[str, str],
    *, void_reason: str | None = None, now: int,
) -> None:  # fmt: skip
    shared = {
        "performance_id": performance_id, "order_id": order_id, "issue": 1, "issued_at": now,
        "voided_at": now if void_reason else None, "void_reason": void_reason,
    }  # fmt: skip
    left = dict(lines)
    while left:  # the short numbers are few: in a large hall some are drawn twice
        drawn = {
            f"{name}_{n}": value
            for n, (seat_id, line_id) in enumerate(left.items())
            for name, value in zip(DRAWN, draw(seat_id, line_id, now), strict=True)
        }
        for (seat_id,) in tx.all(insertion(tx.dialect, len(left)), **shared, **drawn):
            del left[seat_id]


def draw(seat_id: str, line_id: str, now: int) -> tuple[str | int, ...]:
    secret = new_secret()
    return (
        new_id(now), ticket_number(), short_number(), secret, digest(secret), seat_id, line_id,
    )  # fmt: skip
