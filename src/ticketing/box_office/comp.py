"""Free tickets for named seats, approved by somebody: counted against the approved number like any other."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ticketing.accounts.models import Role, Staff
from ticketing.checkout.fulfil import hand_over
from ticketing.desk.db import Tx
from ticketing.desk.idempotency import Key, fingerprint, once
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import digest, new_secret
from ticketing.foundation.errors import BadInput, Refused
from ticketing.inventory.allocate import release
from ticketing.inventory.claim import claim
from ticketing.orders.comp import record_comp
from ticketing.orders.create import Buyer, Line, OrderDraft, create_order
from ticketing.orders.models import COMP, Channel
from ticketing.payments.payment import give
from ticketing.pricing.quote import prices
from ticketing.programme.on_sale import PerformanceCancelled, SaleClosed, terms
from ticketing.programme.queries import by_id
from ticketing.seating.queries import plan


class NoApprover(Refused):
    status = 422
    type = "no-approver"
    zh = "赠票要有一位主办方的同事批准。"
    en = "Somebody of the organiser has to approve free tickets."


@dataclass(frozen=True, slots=True)
class CompWish:
    """``allocation_id``: whose seats they are, "" for free ones; ``approver_id``: of the staff."""

    performance_id: str
    seats: Sequence[str]
    allocation_id: str
    guest: Buyer
    reason: str
    approver_id: str
    lang: str


def comp(tx: Tx, wish: CompWish, *, by: str, now: int) -> str:
    """Return the order's number. Works while the sale is paused or closed, until the end."""
    show = by_id(tx, wish.performance_id)
    if show.cancelled_at is not None:
        raise PerformanceCancelled()
    if now >= show.ends_at:
        raise SaleClosed()
    approver = approved(tx, wish)
    seats = taken_for(tx, wish, show.plan_id, by=by, now=now)
    hold_id = digest(new_secret())
    claim(tx, wish.performance_id, show.plan_id, seats, hold_id, until=now + MINUTE, now=now)
    what = agreement(tx, wish, seats, hold_id, now)
    order = create_order(tx, what, pay_by=now, by=by, now=now, paid=True)
    give(tx, order.id, order.currency, now=now)
    hand_over(tx, order, order.lines, now=now)
    record_comp(
        tx, order.id, approver=approver, reason=wish.reason, seats=len(seats), by=by, now=now
    )
    return order.number


def comp_once(tx: Tx, wish: CompWish, key: str, *, by: str, now: int) -> str:
    """Asked again with the same key, by a second click, return the same order's number."""
    print_ = fingerprint(
        "comp", wish.performance_id, list(wish.seats), wish.allocation_id, wish.reason
    )
    return str(once(tx, Key(by, key, print_), comp, wish, by=by, now=now))


def approved(tx: Tx, wish: CompWish) -> str:
    if not wish.reason:
        raise BadInput("reason", "请写赠票的理由。", "Please say why.")
    query = sa.select(Staff.role).where(Staff.id == wish.approver_id, Staff.left_at.is_(None))
    role = tx.execute(query).scalar()
    if role is None or not Role(role).reaches(Role.ORGANISER):
        raise NoApprover()
    return wish.approver_id


def taken_for(tx: Tx, wish: CompWish, plan_id: str, *, by: str, now: int) -> list[str]:
    """Return the seats; those of an allocation leave it."""
    wanted = sorted(set(wish.seats))
    known = set(plan(tx, plan_id).by_id)
    if wish.allocation_id and wanted:
        known = set(release(tx, wish.performance_id, wish.allocation_id, wanted, by=by, now=now))
    if not wanted or not set(wanted) <= known:
        raise BadInput("seats", "请重新选座。", "Please choose the seats again.")
    return wanted


def agreement(tx: Tx, wish: CompWish, seats: list[str], hold_id: str, now: int) -> OrderDraft:
    """The face price is the highest of the seat's section, all of it a discount."""
    sale, known = terms(tx, wish.performance_id), prices(tx, wish.performance_id, now)
    room = plan(tx, sale.plan_id)
    dearest = {
        section: price
        for (section, _), price in sorted(known.items(), key=lambda each: each[1].face)
    }
    lines = []
    for seat in seats:
        section = room.by_id[seat].section
        if (price := dearest.get(section)) is None:
            raise BadInput("seats", "这个座位还没有定价。", "This seat has no price yet.")
        lines.append(Line(seat, section, COMP, price.band, price.face, 0, price.face, 0, None))
    currency = dearest[lines[0].section].currency
    return OrderDraft(
        wish.performance_id, hold_id, wish.guest, lines, Channel.BOX_OFFICE, wish.lang, currency,
        sale.refund_ladder,
    )  # fmt: skip
