"""When a story is over: what must not be in its database, nor at the till."""

from collections import Counter, defaultdict
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from simulation.hindsight import whole_history
from simulation.linear import NEVER, unexplained
from simulation.till import Till
from simulation.town import Town
from ticketing.audit.verify import verify
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR
from ticketing.orders.models import Order, OrderLine, OrderStatus
from ticketing.orders.queries import overdue
from ticketing.payments.balance import too_much
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import unhandled
from ticketing.payments.models import (
    Dispute,
    DisputeStatus,
    Payment,
    PaymentPage,
    ProviderEvent,
    Refund,
    RefundStatus,
    ReturnedLine,
)
from ticketing.payments.page import unseen
from ticketing.payments.queries import by_id
from ticketing.payments.refund import LEFT, under_way
from ticketing.processing.reconcile import differences
from ticketing.returns.cancelled_performance import to_pay_back

CURRENCY = sa.func.coalesce(Payment.received_currency, Payment.currency)
CAME = sa.select(
    Payment.order_id,
    Payment.id,
    CURRENCY.label("currency"),
    sa.func.coalesce(Payment.received, Payment.amount).label("amount"),
).where(Payment.status == "succeeded")
WENT = sa.select(
    Refund.order_id, Refund.payment_id, Refund.currency, Refund.covered - Refund.amount
)
STAYS = sa.case((ReturnedLine.line_id.is_(None), OrderLine.paid), else_=ReturnedLine.fee)
PRICES = (
    sa.select(Order.id, sa.func.sum(STAYS))
    .join_from(Order, OrderLine, OrderLine.order_id == Order.id)
    .outerjoin(ReturnedLine, ReturnedLine.line_id == OrderLine.id)
    .where(Order.status.in_([OrderStatus.PAID, OrderStatus.CANCELLED]))
    .group_by(Order.id)
)
TAKEN = (
    sa.select(Payment.order_id, Payment.id, Dispute.currency, -Dispute.amount)
    .join_from(Dispute, Payment, Payment.id == Dispute.payment_id)
    .where(Dispute.status != DisputeStatus.WON)
)
OTHER = aliased(Payment)
PAID = sa.exists().where(OTHER.order_id == Payment.order_id, OTHER.status == "succeeded")
LAPSED = (  # since its time was over, not since its money bought nothing
    sa.select(PaymentPage.payment_id, Order.lapsed_at)
    .join_from(PaymentPage, Payment, Payment.id == PaymentPage.payment_id)
    .join(Order, Order.id == Payment.order_id)
    .where(Order.lapsed_at.is_not(None), PaymentPage.reference.is_not(None), ~PAID)
)


def what_is_wrong(path: Path, now: int, town: Town, till: Till) -> list[str]:
    """Ask the database that is left, and whether it explains what people were told."""
    desk = open_desk(f"sqlite:///{path}")
    known = set(desk.read_now(lambda tx: tx.execute(sa.select(Order.number)).scalars().all()))
    problems = [f"{failure.name}: {failure.rows}" for failure in desk.read_now(verify)]
    problems += [f"never lapsed: {order}" for order in desk.read_now(overdue, now)]
    problems += [f"never acted upon: {event}" for event in desk.read_now(unhandled)]
    problems += [f"never closed: {payment}" for payment in desk.read_now(unseen, now + HOUR)]
    problems += [f"never given back: {owed}" for owed in desk.read_now(under_way)]
    problems += desk.read_now(of_orders) + desk.read_now(of_the_till, till)
    problems += desk.read_now(paid_twice)
    problems += [f"never paid back: {order}" for order in desk.read_now(to_pay_back)]
    problems += [f"different: {each}" for each in desk.read_now(differences, STRIPE.key)]
    history = desk.read_now(whole_history, town.acts)
    desk.close()
    problems += [f"forgotten: {order}" for order in town.orders if order.number not in known]
    return problems + [f"nothing explains {seat}" for seat in unexplained(history)]


def of_orders(tx: Tx) -> list[str]:
    """What we kept is the price of what was not given up and the fees of what was, but for what left
    without our asking; what failed to go back is owed."""
    kept, unasked = Counter[str](), Counter[str]()
    for order, _, _, amount in tx.execute(CAME.union_all(WENT, TAKEN)):
        kept[order] += amount
    for order, _, _, amount in tx.execute(WENT.where(Refund.reason == "found").union_all(TAKEN)):
        unasked[order] -= amount
    for order, amount in tx.execute(PRICES):
        kept[order] -= amount
    return [
        f"{more} too much is kept of {order}"
        for order, more in kept.items()
        if not -unasked[order] <= more <= 0
    ]


def paid_twice(tx: Tx) -> list[str]:
    """Somebody is asked to pay out by hand what the provider's desk gave back already."""
    failed = sa.select(Refund.__table__).where(
        Refund.status == RefundStatus.FAILED, Refund.reference.is_(None)
    )
    return [
        f"would be paid twice: {refund.id}"
        for refund in tx.execute(failed)
        if too_much(tx, by_id(tx, refund.payment_id))
    ]


def of_the_till(tx: Tx, till: Till) -> list[str]:
    """What lies there is what our books say; nothing went back twice; no page outlives its order."""
    booked: dict[str, Counter[str]] = defaultdict(Counter)
    for _, payment, currency, amount in tx.execute(
        CAME.union_all(WENT.where(Refund.status.in_(LEFT)), TAKEN)
    ):
        booked[payment][currency] += amount
    lapsed = {row.payment_id: row.lapsed_at for row in tx.execute(LAPSED)}
    problems = []
    for sheet in till.sheets.values():
        payment, seen = sheet.wanted.payment_id, sheet.seen
        kept = Counter({seen.currency: till.kept(seen.charge)}) if seen.charge else Counter()
        if kept != booked[payment]:
            problems.append(f"of {payment} lies there {kept}, by our books {booked[payment]}")
        if sheet.over_at > lapsed.get(payment, NEVER):
            problems.append(f"could be paid when its order had lapsed: {payment}")
    often = Counter(refund.owed.refund_id for refund in till.refunds)
    problems += [f"given back twice: {refund}" for refund, times in often.items() if times > 1]
    heard = sa.select(ProviderEvent.event_id).where(ProviderEvent.gateway == STRIPE.key)
    false = set(tx.execute(heard).scalars()) - till.events
    return problems + [f"believed: {event}" for event in sorted(false)]
