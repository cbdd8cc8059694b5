"""Seats that the house and the press have on a coming evening, and a comp for one who writes about it."""

from collections.abc import Sequence
from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.accounts.models import Role, Staff
from ticketing.box_office.comp import CompWish, comp
from ticketing.demo.plot import Keep
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import HOUR, SetClock
from ticketing.foundation.front import Front
from ticketing.inventory.allocate import allocate
from ticketing.inventory.models import Allocation
from ticketing.inventory.search.best_available import choose
from ticketing.inventory.seat_map import taken_seats
from ticketing.orders.create import Buyer
from ticketing.seating.queries import plan as read_plan

BY = "demo"
PRESS = {"zh": "周记者", "en": "Sofie Maes, reporter"}
WHY = {"zh": "首演剧评", "en": "To review the first night"}


def keep_seats(
    desk: Desk, clock: SetClock, performance: sa.Row[Any], kept: Sequence[Keep], rng: Random
) -> None:
    """Keep them when the sale opens, once: what was let go since stays so."""
    if desk.read_now(has_kept, performance.id):
        return
    clock.at = performance.sale_opens_at
    for each in kept:
        seats = desk.read_now(together, performance, each.seats, rng, clock.now())
        until = performance.starts_at - each.hours * HOUR
        of = desk.write_now(allocate, performance.id, seats, each.kind, each.note, until, by=BY)
        if each.invites:
            issue(desk, performance.id, seats[: each.invites], of)


def has_kept(tx: Tx, performance_id: str) -> bool:
    query = sa.select(Allocation.id).where(Allocation.performance_id == performance_id)
    return tx.execute(query).first() is not None


def together(tx: Tx, performance: sa.Row[Any], many: int, rng: Random, now: int) -> list[str]:
    plan = read_plan(tx, performance.plan_id)
    return choose(plan, taken_seats(tx, performance.id, now), many, rng=rng) or []


def issue(desk: Desk, performance_id: str, seats: list[str], of: str) -> None:
    lang = Front.house["languages"][0]
    approver = desk.read_now(organiser)
    wish = CompWish(performance_id, seats, of, Buyer(PRESS[lang]), WHY[lang], approver, lang)
    desk.write_now(comp, wish, by=BY)


def organiser(tx: Tx) -> str:
    query = sa.select(Staff.id).where(Staff.role == Role.ORGANISER).order_by(Staff.id)
    return str(tx.execute(query).scalars().first())
