"""When a story is over: what must not be in its database, nor at the till."""

from collections import Counter, defaultdict
from pathlib import Path

import sqlalchemy as sa

from simulation.hindsight import whole_history
from simulation.linear import NEVER, unexplained
from simulation.till import Till
from simulation.town import Town
from ticketing.foundation.clock import HOUR
from ticketing.foundation.db import Tx
from ticketing.foundation.desk import open_desk
from ticketing.orders.models import Order, OrderStatus
from ticketing.orders.queries import overdue
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import unhandled
from ticketing.payments.models import Payment, PaymentPage, ProviderEvent, Refund
from ticketing.payments.page import unseen
from ticketing.payments.refund import LEFT, under_way
from ticketing.reports.invariants import verify

CURRENCY = sa.func.coalesce(Payment.received_currency, Payment.currency)
CAME = sa.select(
    Payment.order_id,
    Payment.id,
    CURRENCY.label("currency"),
    sa.func.coalesce(Payment.received, Payment.amount).label("amount"),
).where(Payment.status == "succeeded")
WENT = sa.select(Refund.order_id, Refund.payment_id, Refund.currency, -Refund.amount)
LAPSED = (
    sa.select(PaymentPage.payment_id, Order.lapsed_at)
    .join_from(PaymentPage, Payment, Payment.id == PaymentPage.payment_id)
    .join(Order, Order.id == Payment.order_id)
    .where(Order.lapsed_at.is_not(None), PaymentPage.reference.is_not(None))
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
    history = desk.read_now(whole_history, town.acts)
    desk.close()
    problems += [f"forgotten: {order}" for order in town.orders if order.number not in known]
    return problems + [f"nothing explains {seat}" for seat in unexplained(history)]


def of_orders(tx: Tx) -> list[str]:
    """The price of a paid order is kept, and of any other nothing; what failed to go back is owed."""
    kept: Counter[str] = Counter()
    for order, _, _, amount in tx.execute(CAME.union_all(WENT)):
        kept[order] += amount
    return [
        f"{kept[order.id]} is kept of {order}"
        for order in tx.execute(sa.select(Order.id, Order.status, Order.total))
        if kept[order.id] != (order.total if order.status == OrderStatus.PAID else 0)
    ]


def of_the_till(tx: Tx, till: Till) -> list[str]:
    """What lies there is what our books say; nothing went back twice; no page outlives its order."""
    booked: dict[str, Counter[str]] = defaultdict(Counter)
    for _, payment, currency, amount in tx.execute(
        CAME.union_all(WENT.where(Refund.status.in_(LEFT)))
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
