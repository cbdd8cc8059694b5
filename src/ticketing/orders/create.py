"""An order comes into being: what was agreed, at the prices shown."""

from dataclasses import dataclass
from typing import NamedTuple

from ticketing.desk.db import Tx
from ticketing.foundation.codes import digest, new_id, new_secret, order_number
from ticketing.foundation.folding import folded
from ticketing.foundation.front import Front
from ticketing.orders.models import Channel, Order, OrderLine, OrderStatus


@dataclass(frozen=True, slots=True)
class Buyer:
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One seat at its price, in fen."""

    seat_id: str
    section: str
    ticket_type: str
    band: str
    face: int
    paid: int
    discount: int
    funded: int
    funder_id: str | None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    performance_id: str
    hold_id: str
    buyer: Buyer
    lines: list[Line]
    channel: Channel
    lang: str
    currency: str
    terms: str  # the refund ladder that was shown, as JSON

    @property
    def total(self) -> int:
        return sum(line.paid for line in self.lines)


class Priced(NamedTuple):
    """A line as its sale needs it; in fen."""

    id: str
    seat_id: str
    paid: int
    funded: int


@dataclass(frozen=True, slots=True)
class CreatedOrder:
    """What is known of an order the moment it is stored, without reading it again."""

    id: str
    performance_id: str
    hold_id: str
    buyer_email: str
    lang: str
    number: str
    secret: str
    total: int
    currency: str
    lines: list[Priced]
    reserved_at: int | None


COLUMNS = tuple(Line.__dataclass_fields__)


def create_order(
    tx: Tx, what: OrderDraft, *, pay_by: int, by: str, now: int, paid: bool, reserved: bool = False
) -> CreatedOrder:
    """Store an order that awaits its payment until ``pay_by``, or is ``paid``: nothing is due."""
    lines = [Priced(new_id(now), line.seat_id, line.paid, line.funded) for line in what.lines]
    order = CreatedOrder(
        new_id(now), what.performance_id, what.hold_id, what.buyer.email, what.lang,
        order_number(Front.house["order_prefix"]), new_secret(),
        what.total, what.currency, lines, now if reserved else None,
    )  # fmt: skip
    status = OrderStatus.PAID if paid else OrderStatus.AWAITING_PAYMENT
    tx.add(Order, [{
        "id": order.id, "number": order.number, "secret": order.secret,
        "secret_digest": digest(order.secret), "status": status.value,
        "paid_at": now if paid else None,
        "performance_id": what.performance_id, "hold_id": what.hold_id,
        "channel": what.channel.value, "lang": what.lang, "total": what.total,
        "currency": what.currency, "terms": what.terms, "placed_by": by,
        "placed_at": now, "pay_by": pay_by, "reserved_at": order.reserved_at, "buyer_name": what.buyer.name,
        "buyer_phone": what.buyer.phone, "buyer_email": what.buyer.email,
        "buyer_folded": folded(what.buyer.name),
    }])  # fmt: skip
    owner = {"order_id": order.id, "performance_id": what.performance_id}
    tx.add(OrderLine, [
        {"id": stored.id, **owner, **{name: getattr(line, name) for name in COLUMNS}}
        for stored, line in zip(lines, what.lines, strict=True)
    ])  # fmt: skip
    return order
