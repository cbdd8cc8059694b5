"""What money leaves to be looked at: to be paid out by hand, said otherwise, taken back."""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.matter import Matter
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.money import exact
from ticketing.orders.models import Order
from ticketing.payments.dispute import OPEN_ORDERS
from ticketing.payments.known import every
from ticketing.payments.models import ProviderEvent, RefundStatus
from ticketing.processing.manual_refunds import manual_refunds
from ticketing.processing.reconcile import said_otherwise

LONG = 5 * MINUTE  # an event that waits longer is stuck
PAYMENTS = {"zh": "去退款", "en": "Pay out"}


def manual_refunds_due(tx: Tx, now: int) -> Iterable[Matter]:
    rows = [row for row in manual_refunds(tx) if row.status == RefundStatus.FAILED]
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.currency] += row.due
    if rows:
        total = " + ".join(exact(fen, currency) for currency, fen in sorted(sums.items()))
        about = {"zh": f"{len(rows)} 笔退款", "en": f"Refunds: {len(rows)}"}
        says = {"zh": f"要人工退，共 {total}。", "en": f"to be paid out by hand, {total} in all."}
        yield Matter("bad", about, says, "/office/payouts", PAYMENTS)


def sides_differ(tx: Tx, now: int) -> Iterable[Matter]:
    for gateway in every().values():
        if gateway.elsewhere and (found := said_otherwise(tx, gateway.key, now)):
            says = {
                "zh": f"有 {len(found)} 笔和我们记的不一样。",
                "en": f"says otherwise than we of {len(found)} charges.",
            }
            look = {"zh": "去对账", "en": "Reconcile"}
            yield Matter("bad", gateway.name, says, "/office/reconciliation", look)


def disputes_open(tx: Tx, now: int) -> Iterable[Matter]:
    query = sa.select(Order.number).where(Order.id.in_(OPEN_ORDERS)).order_by(Order.number)
    for number in tx.execute(query.limit(10)).scalars():
        about = {"zh": f"订单 {number}", "en": f"Order {number}"}
        says = {
            "zh": "买票人的银行在追回这笔钱。",
            "en": "the buyer's bank is taking the money back.",
        }
        look = {"zh": "看订单", "en": "Order"}
        yield Matter("warn", about, says, f"/office/orders/{number}", look)


def events_waiting(tx: Tx, now: int) -> Iterable[Matter]:
    stuck = sa.and_(ProviderEvent.handled_at.is_(None), ProviderEvent.received_at < now - LONG)
    if count := tx.execute(sa.select(sa.func.count()).where(stuck)).scalar_one():
        about = {"zh": f"支付平台的 {count} 条通知", "en": f"Messages of a provider: {count}"}
        says = {"zh": "收到了，还没有处理完。", "en": "came and could not be acted upon yet."}
        look = {"zh": "去对账", "en": "Reconcile"}
        yield Matter("bad", about, says, "/office/reconciliation", look)
