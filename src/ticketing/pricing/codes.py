"""The office's codes: make one, close one, see what became of them."""

from dataclasses import dataclass
from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import CHANCE
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.foundation.words import Words
from ticketing.pricing.models import Promotion
from ticketing.pricing.promotion import CROCKFORD, LENGTH, close, offer
from ticketing.programme.models import Performance


@dataclass(frozen=True, slots=True)
class CodeWish:
    """Off each ticket: ``percent`` of what one pays, then ``fen``. ``performance_id``: None for all;
    ``budget`` in fen, ``most_per_buyer`` orders, ``opens_at`` and ``closes_at`` ms: None for no limit."""

    name: Words
    percent: int
    fen: int
    performance_id: str | None
    stacks: bool
    budget: int | None
    most_per_buyer: int | None
    opens_at: int | None
    closes_at: int | None


def make_code(tx: Tx, wish: CodeWish, *, by: str, now: int, rng: Random = CHANCE) -> str:
    """Draw a code and return it: 50 bits of chance, so that nobody guesses one."""
    if not any(wish.name.values()):
        raise BadInput("name", "请给优惠码起个名字。", "Please give the code a name.")
    if not 0 <= wish.percent <= 100 or wish.fen < 0 or not (wish.percent or wish.fen):
        raise BadInput(
            "percent",
            "请写减百分之几（1 到 100），或减多少元。",
            "Say how many percent, 1 to 100, or how much it takes off.",
        )
    if wish.opens_at is not None and wish.closes_at is not None and wish.closes_at <= wish.opens_at:
        raise BadInput("closes_at", "结束要晚于开始。", "It has to end after it begins.")
    code = "".join(rng.choice(CROCKFORD) for _ in range(LENGTH))
    values = {
        "name": wish.name, "percent": wish.percent, "fen": wish.fen,
        "performance_id": wish.performance_id, "ticket_types": [], "stacks": int(wish.stacks),
        "budget": wish.budget, "most_per_buyer": wish.most_per_buyer, "opens_at": wish.opens_at,
        "closes_at": wish.closes_at,
    }  # fmt: skip
    offer(tx, code, values, by=by, now=now)
    return code


def close_code(tx: Tx, code: str, *, by: str, now: int) -> None:
    """From now on nobody can use it; orders that did keep their price. Harmless when repeated."""
    if not close(tx, code, now=now):
        raise NotFound()
    note(tx, "code.closed", code, by=by, now=now)


def all_codes(tx: Tx) -> list[sa.Row[Any]]:
    """Return every code with the slug of its performance, the newest first."""
    query = sa.select(Promotion.__table__, Performance.slug).outerjoin(
        Performance, Performance.id == Promotion.performance_id
    )
    return list(tx.execute(query.order_by(Promotion.id.desc())))
