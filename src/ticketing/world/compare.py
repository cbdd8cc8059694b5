"""What seeding a file would do: what it says, what it said last time, and what stands in the house.

A field that the file says otherwise than last time is changed where the house still has what it said.
Where the office set it since, the office's stays, and the contradiction is named. A date that people
hold tickets for moves only where it is named.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.programme.models import Performance
from ticketing.tickets.models import Headcount
from ticketing.world.load import World
from ticketing.world.models import Seeded
from ticketing.world.said import Entry, Fields, said
from ticketing.world.stands import standing

WHEN = {
    "doors_at", "starts_at", "ends_at", "sale_opens_at", "sale_closes_at", "returns_sold_at",
}  # fmt: skip
MOVED = {"doors_at", "starts_at", "ends_at"}
GONE = None  # a price that the file does not have any more


class Why(StrEnum):
    """Why a field stays as it is."""

    OFFICE = "office"  # it was set in the office
    SOLD = "sold"  # people hold tickets for that date
    APPROVED = "approved"  # more tickets are out than the file allows people
    DRAWN = "drawn"  # its seats are drawn in another hall
    UNPRICED = "unpriced"  # the file's prices leave out a section of its drawing


@dataclass(frozen=True, slots=True)
class Difference:
    old: Any
    new: Any


@dataclass(slots=True)
class Step:
    """One entry: added, or what of it changes and what stays although the file says otherwise.

    ``merged`` is what it will be, ``learnt`` what the file said as far as it was followed. ``tickets``:
    how many people hold for it.
    """

    entry: Entry
    added: bool = False
    changes: dict[str, Difference] = field(default_factory=dict)
    stays: dict[str, tuple[Difference, Why]] = field(default_factory=dict)
    merged: Fields = field(default_factory=dict)
    learnt: Fields = field(default_factory=dict)
    tickets: int = 0


@dataclass(frozen=True, slots=True)
class SeedPlan:
    """``left_out``: kind and key of what the file had and has no more: it stays in the house."""

    steps: list[Step]
    left_out: list[tuple[str, str]]
    first: bool  # nobody described this house before

    @property
    def additions(self) -> list[Step]:
        return [step for step in self.steps if step.added]

    @property
    def changes(self) -> list[Step]:
        return [step for step in self.steps if step.changes]


def compare(tx: Tx, world: World, now: int, moved: Collection[str] = ()) -> SeedPlan:
    """``moved``: the slugs of the performances that may move although tickets are out."""
    stood, before, people = standing(tx), remembered(tx), tickets(tx)
    steps = []
    for entry in said(tx, world, now):
        place = entry.kind, entry.key
        held = people.get(entry.key, 0) if entry.kind == "performance" else 0
        steps.append(
            step_of(entry, stood.get(place), before.get(place), held, now, entry.key in moved)
        )
    known = {(step.entry.kind, step.entry.key) for step in steps}
    return SeedPlan(steps, gone(tx, before, known, now), not stood)


def step_of(
    entry: Entry,
    stands: Fields | None,
    before: Fields | None,
    people: int,
    now: int,
    may_move: bool,
) -> Step:
    step = Step(entry, merged=dict(entry.fields), learnt=dict(entry.fields), tickets=people)
    if stands is None:
        step.added = True
        return step
    wanted = {**dict.fromkeys(prices_gone(entry, stands, before), GONE), **entry.fields}
    told = before or {}
    for name, new in wanted.items():
        old = stands.get(name, GONE)
        if old == new:
            continue
        if why := reason(name, Difference(old, new), told.get(name, MISSING), stands, people, now):
            stay(step, name, Difference(old, new), why, told)
        else:
            step.changes[name] = Difference(old, new)
    if not may_move and people and MOVED & step.changes.keys():
        for name in [each for each in step.changes if of_the_date(each)]:
            stay(step, name, step.changes.pop(name), Why.SOLD, told)
    if "bands" not in entry.fields and entry.kind == "performance":
        step.stays["bands"] = Difference(stands.get("bands"), GONE), Why.UNPRICED
    for name, change in step.changes.items():
        step.merged[name] = change.new
    return step


MISSING = object()


def reason(
    name: str, to: Difference, told: Any, stands: Mapping[str, Any], people: int, now: int
) -> Why | None:
    """Return why this field is not changed, None where it is."""
    if name == "hall" and "plan_id" in stands:
        return Why.DRAWN
    if name == "capacity" and to.new < people:
        return Why.APPROVED
    if name == "returns_sold_at" and to.new is not None and to.new <= now:
        return Why.OFFICE  # its time has come and gone
    if told is MISSING:
        return Why.OFFICE if by_the_office(name) else None
    return None if told == to.old else Why.OFFICE


def by_the_office(name: str) -> bool:
    """Say whether the office can set it: of a house that was seeded before that was written down."""
    return name.startswith("price_") or name in {"late_breaks", "rotating", "returns_sold_at"}


def of_the_date(name: str) -> bool:
    """Say whether it counts from the date: prices do, by their hours before it begins."""
    return name in WHEN or name.startswith("price_") or name == "ticket_types"


def stay(step: Step, name: str, to: Difference, why: Why, told: Fields) -> None:
    step.stays[name] = to, why
    step.merged[name] = to.old
    step.learnt.pop(name, None)
    if name in told:
        step.learnt[name] = told[name]


def prices_gone(entry: Entry, stands: Fields, before: Fields | None) -> list[str]:
    """Return the prices that the house has and the file no more."""
    if "bands" not in entry.fields:
        return []
    return [
        name for name in stands
        if name.startswith("price_") and name not in entry.fields and name in (before or stands)
    ]  # fmt: skip


def remembered(tx: Tx) -> dict[tuple[str, str], Fields]:
    rows = tx.execute(sa.select(Seeded.kind, Seeded.key, Seeded.said))
    return {(row.kind, row.key): row.said for row in rows}


def tickets(tx: Tx) -> dict[str, int]:
    """Return how many hold a ticket, by performance."""
    query = sa.select(Performance.slug, Headcount.live).join(Headcount)
    return dict(tuple(row) for row in tx.execute(query))


def gone(
    tx: Tx, before: Mapping[tuple[str, str], Fields], known: Collection[tuple[str, str]], now: int
) -> list[tuple[str, str]]:
    """Return what the file had and has no more; performances that are over are of no interest."""
    over = set(tx.execute(sa.select(Performance.slug).where(Performance.ends_at <= now)).scalars())
    return [
        place for place in sorted(before)
        if place not in known and not (place[0] == "performance" and place[1] in over)
    ]  # fmt: skip
