"""What the office sees of kept seats and free tickets: the room, the allocations, who may approve."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.accounts.models import Role, Staff
from ticketing.box_office.counter import Pick, room
from ticketing.desk.db import Tx
from ticketing.foyer.seats_view import MINE, SeatsView
from ticketing.inventory.models import AllocatedSeat, Allocation
from ticketing.orders.models import Comp, Order, OrderLine
from ticketing.programme.models import Performance
from ticketing.seating.plan import Seat


class Has(NamedTuple):
    """An allocation and the seats that it still has, in the plan's order."""

    allocation: Any
    seats: list[Seat]


@dataclass(frozen=True, slots=True)
class KeptView:
    """``view`` has the picked seats as ``mine``; ``of``: the allocation whose seats are picked, "" for none.

    ``comps``: orders of free tickets with approver, reason and how many.
    """

    view: SeatsView
    of: str
    allocations: list[Has]
    approvers: Sequence[Any]
    comps: Sequence[Any]


def kept_view(tx: Tx, slug: str, pick: Pick, of: str, now: int) -> KeptView:
    """Raises NotFound, HouseFull."""
    if mine := seats_of(tx, slug, of):
        some = [seat for seat in mine if seat in pick.seats] or mine[: pick.best or None]
        pick = Pick(some, section=pick.section)
    view = room(tx, slug, pick, now)
    if mine and view.shown:
        drawn = [seat for seat in pick.seats if seat in view.shown.by_id]
        view = replace(view, states=view.states | dict.fromkeys(drawn, MINE))
    had = allocations(tx, view)
    return KeptView(view, of if mine else "", had, approvers(tx), comps(tx, view.show.id))


def seats_of(tx: Tx, slug: str, allocation_id: str) -> list[str]:
    """Return what an allocation of this performance still has."""
    query = (
        sa.select(AllocatedSeat.seat_id)
        .join(Allocation, Allocation.id == AllocatedSeat.allocation_id)
        .join(Performance, Performance.id == Allocation.performance_id)
        .where(Performance.slug == slug, Allocation.id == allocation_id)
        .where(AllocatedSeat.released_at.is_(None))
    )
    return list(tx.execute(query.order_by(AllocatedSeat.seat_id)).scalars())


def allocations(tx: Tx, view: SeatsView) -> list[Has]:
    """Return those that have seats still, the first to be released first."""
    query = (
        sa.select(Allocation.__table__, AllocatedSeat.seat_id)
        .join(AllocatedSeat, AllocatedSeat.allocation_id == Allocation.id)
        .where(Allocation.performance_id == view.show.id, AllocatedSeat.released_at.is_(None))
        .order_by(Allocation.release_at.is_(None), Allocation.release_at, Allocation.id)
    )
    found: dict[str, Has] = {}
    for row in tx.execute(query):
        found.setdefault(row.id, Has(row, [])).seats.append(view.plan.by_id[row.seat_id])
    for has in found.values():
        has.seats.sort(key=lambda seat: view.plan.positions[seat.id])
    return list(found.values())


def approvers(tx: Tx) -> Sequence[Any]:
    """Return who may approve free tickets."""
    roles = [role for role in Role if role.reaches(Role.ORGANISER)]
    query = sa.select(Staff.id, Staff.name).where(Staff.role.in_(roles), Staff.left_at.is_(None))
    return tx.execute(query.order_by(Staff.name)).all()


def comps(tx: Tx, performance_id: str) -> Sequence[Any]:
    query = (
        sa.select(
            Order.number, Order.buyer_name, Order.status, Comp.reason, Comp.made_at,
            Staff.name.label("approver"), sa.func.count(OrderLine.id).label("tickets"),
        )
        .join_from(Comp, Order, Order.id == Comp.order_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Staff, Staff.id == Comp.approver_id)
        .where(Order.performance_id == performance_id)
        .group_by(
            Order.id, Order.number, Order.buyer_name, Order.status, Comp.reason, Comp.made_at,
            Staff.name,
        )
    )  # fmt: skip
    return tx.execute(query.order_by(Comp.made_at.desc(), Order.id)).all()
