"""Letters an order owes its buyer."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.outbox import post, sent_since
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import Refused
from ticketing.orders.buyer import masked
from ticketing.orders.models import OrderStatus
from ticketing.orders.queries import by_secret


class NothingToSend(Refused):
    type = "nothing-to-send"
    zh = "这个订单没有可以寄出的票，或没有留邮箱。"
    en = "This order has no tickets to send, or no mail address."


class SentJustNow(Refused):
    status = 429
    type = "sent-just-now"
    zh = "刚刚已经寄过，请等一分钟再试。"
    en = "It was sent just now: please wait a minute."


def send_tickets_again(tx: Tx, secret: str, *, now: int) -> str:
    """Return where to, as its buyer recognises it; NothingToSend, SentJustNow."""
    order = by_secret(tx, secret)
    send_again(tx, order, by="buyer", now=now)
    return masked(order)


def send_again(tx: Tx, order: sa.Row[Any], *, by: str, now: int) -> None:
    """Owe the tickets' letter once more. NothingToSend, SentJustNow."""
    if order.status != OrderStatus.PAID or not order.buyer_email:
        raise NothingToSend()
    if sent_since(tx, order.buyer_email, now - MINUTE):
        raise SentJustNow()
    post(tx, "tickets", order.buyer_email, order.lang, now=now, order=order.id)
    note(tx, "tickets.sent_again", order.id, by=by, now=now)
