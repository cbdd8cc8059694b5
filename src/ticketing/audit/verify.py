"""Prove the house: every invariant on the live database, beside the sales, on both databases."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.audit.book_rules import BOOK_RULES
from ticketing.audit.money_rules import MONEY_RULES
from ticketing.audit.seat_rules import SEAT_RULES
from ticketing.desk.db import Tx

INVARIANTS = [*SEAT_RULES, *BOOK_RULES, *MONEY_RULES]


class Failure(NamedTuple):
    """``rows``: what breaks it, as its statement returns them."""

    name: str
    sentence: str
    rows: list[tuple[Any, ...]]


def verify(tx: Tx) -> list[Failure]:
    """Return every invariant that does not hold."""
    answers = [(rule, tx.execute(sa.text(rule.sql)).all()) for rule in INVARIANTS]
    return [
        Failure(rule.name, rule.sentence, [tuple(row) for row in rows])
        for rule, rows in answers
        if rows
    ]
