"""What performances sold, as of a moment: seats and prices from rows, money from the ledger."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.front import Front
from ticketing.foundation.words import Words
from ticketing.orders.models import COMP, COMP_NAME
from ticketing.pricing.models import Price, TicketType
from ticketing.programme.queries import by_id, showings
from ticketing.reports.counts import KeptCounts, arrived, kept, returned, sold
from ticketing.reports.figures import Sales, Tier
from ticketing.reports.money import Money, money
from ticketing.seating.models import SectionRow
from ticketing.tickets.queries import headcounts


def sales(tx: Tx, performance_id: str, as_of: int) -> Sales:
    """Raises NotFound."""
    (found,) = reckon(tx, [by_id(tx, performance_id)], as_of)
    return found


def overview(tx: Tx, now: int) -> list[Sales]:
    """Return every performance, by its start."""
    return reckon(tx, showings(tx), now)


def reckon(tx: Tx, performances: Sequence[Any], as_of: int) -> list[Sales]:
    """Take rows of ``programme.queries``; ask the same few questions however many there are."""
    ids = [row.id for row in performances]
    tiers, books = _tiers(tx, performances, as_of), money(tx, ids, as_of)
    types, currencies, void = _types(tx, ids), _currencies(tx, ids), returned(tx, ids, as_of)
    approved = {owner: row.approved for owner, row in headcounts(tx, ids).items()}
    return [
        Sales(
            row, as_of, approved.get(row.id, row.capacity), currencies.get(row.id, Front.house["currency"]),
            types[row.id], tuple(tiers[row.id]), books.get(row.id, Money()), void.get(row.id, 0),
        )
        for row in performances
    ]  # fmt: skip


def _tiers(tx: Tx, performances: Sequence[Any], as_of: int) -> dict[str, list[Tier]]:
    ids = [row.id for row in performances]
    parts, rests, inside = sold(tx, ids, as_of), kept(tx, ids, as_of), arrived(tx, ids, as_of)
    plans = _sections(tx, {row.plan_id for row in performances})
    return {
        row.id: [
            Tier(
                each.key, each.name, each.kind, each.capacity,
                rests.get((row.id, each.key), KeptCounts()), inside.get((row.id, each.key), 0),
                tuple(part for part in parts[row.id] if part.section == each.key),
            )
            for each in plans[row.plan_id]
        ]
        for row in performances
    }  # fmt: skip


def _sections(tx: Tx, plan_ids: set[str]) -> dict[str, list[Any]]:
    query = sa.select(SectionRow.__table__).where(SectionRow.plan_id.in_(plan_ids))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in tx.execute(query.order_by(SectionRow.plan_id, SectionRow.position)):
        found[row.plan_id].append(row)
    return found


def _types(tx: Tx, ids: Sequence[str]) -> dict[str, dict[str, Words]]:
    query = sa.select(TicketType.performance_id, TicketType.key, TicketType.name)
    found: dict[str, dict[str, Words]] = defaultdict(lambda: {COMP: COMP_NAME})
    for performance, key, name in tx.execute(query.where(TicketType.performance_id.in_(ids))):
        found[performance][key] = name
    return found


def _currencies(tx: Tx, ids: Sequence[str]) -> dict[str, str]:
    query = sa.select(Price.performance_id, Price.currency).where(Price.performance_id.in_(ids))
    return {row.performance_id: row.currency for row in tx.execute(query.distinct())}
