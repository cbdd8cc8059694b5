"""Place an order for a hold: the agreement, its payment, and for a free one the tickets at once."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ticketing.checkout.fulfil import hand_over
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.outbox import post
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import BadInput, Refused
from ticketing.inventory.claim import keep
from ticketing.inventory.hold_record import LOCK, StoredHold, running, seats_of
from ticketing.inventory.sell import consume
from ticketing.orders.commitments import by_funder
from ticketing.orders.create import Buyer, CreatedOrder, Line, OrderDraft, create_order
from ticketing.orders.currency import OtherCurrency
from ticketing.orders.limit import limit_buyer
from ticketing.orders.models import Channel
from ticketing.orders.promote import use
from ticketing.payments.gateway import Gateway
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.free import FREE
from ticketing.payments.page import want
from ticketing.payments.payment import give, start
from ticketing.payments.switch import require_on
from ticketing.pricing.companions import in_wheelchairs
from ticketing.pricing.conditions import check_types
from ticketing.pricing.funds import promise
from ticketing.pricing.promotion import CodeTakesNothingOff, find, lower
from ticketing.pricing.quote import PriceChanged, prices, quote
from ticketing.programme.on_sale import SaleTerms, require_on_sale, reserved_until
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.issue import reserve


class NoSuchGateway(Refused):
    status = 422
    type = "gateway-not-available"
    zh = "这里不能用这种方式付款。"
    en = "This way to pay is not available here."


class NoReservation(Refused):
    type = "no-reservation"
    zh = "这一场现在不能先留座再到柜台付，请换一种付款方式。"
    en = "Seats of this performance cannot be reserved now: please pay another way."


class MixedCurrencies(Refused):
    status = 422
    type = "mixed-currencies"
    zh = "这些票的币种不同，请分开下单。"
    en = "These tickets are priced in different currencies: please order them apart."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer asks for. ``types``: ticket type by seat; ``expected``: the total shown, in fen, and its
    ``currency``, None where that was not said.
    """

    token: str
    buyer: Buyer
    types: dict[str, str]
    gateway: Gateway
    expected: int | None
    lang: str
    channel: Channel = Channel.ONLINE
    code: str = ""  # a promotion's
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    order: CreatedOrder
    payment_id: str | None  # None: nothing to pay


def place(tx: Tx, wish: Wish, *, by: str, now: int, minutes: int) -> Placed:
    """Agree, keep the seats until the payment is due, and start the payment."""
    mine = running(tx, wish.token, now)
    performance_id = mine.performance_id
    at_desk = wish.channel is Channel.BOX_OFFICE
    sale = require_on_sale(tx, performance_id, now, at_desk=at_desk, held=True)
    if wish.channel is Channel.ONLINE:  # who stands at the counter may buy for a whole school
        limit_buyer(tx, performance_id, wish.buyer, len(wish.types), most=sale.most_per_buyer)
    seats = seats_of(tx, mine, now, LOCK)
    promotion = find(tx, wish.code, performance_id, now) if wish.code else None
    what, off = _agreement(tx, wish, mine, sale, seats, promotion, now)
    if wish.currency not in (None, what.currency):
        raise OtherCurrency(currency=what.currency)
    if wish.expected is not None and wish.expected != what.total:
        raise PriceChanged(total=what.total)
    gateway = _gateway(wish, what.total)
    reserved = gateway is COUNTER and wish.channel is Channel.ONLINE
    until = _reserved_until(sale, now) if reserved else now + minutes * MINUTE
    promise(tx, by_funder(what.lines))
    consume(tx, mine.id, now=now)
    free = gateway is FREE
    order = create_order(tx, what, pay_by=until, by=by, now=now, paid=free, reserved=reserved)
    if promotion is not None:
        use(tx, promotion, order.id, wish.buyer, off)
    note(tx, "order.placed", order.id, by=by, now=now, total=order.total, seats=len(seats))
    if free:
        give(tx, order.id, order.currency, now=now)
        hand_over(tx, order, order.lines, now=now)
        return Placed(order, None)
    require_on(tx, gateway)
    payment_id = start(tx, order.id, gateway.key, order.total, order.currency, now=now)
    if gateway.elsewhere:
        until = want(tx, payment_id, gateway.key, pay_by=until, now=now)
    keep(tx, performance_id, mine.id, until=until, now=now)
    if reserved:
        hand_out_reserved(tx, performance_id, order, now=now)
    return Placed(order, payment_id)


def hand_out_reserved(tx: Tx, performance_id: str, order: CreatedOrder, *, now: int) -> None:
    """Make tickets that admit nobody before they are paid at the desk, and write to the buyer."""
    reserve(tx, performance_id, order.id, {line.seat_id: line.id for line in order.lines}, now=now)
    if order.buyer_email:
        post(tx, "reserved", order.buyer_email, order.lang, now=now, order=order.id)


def _agreement(
    tx: Tx,
    wish: Wish,
    mine: StoredHold,
    sale: SaleTerms,
    seats: list[str],
    promotion: Any,
    now: int,
) -> tuple[OrderDraft, int]:
    """Return it, and what the promotion took off; CodeTakesNothingOff for nothing."""
    if set(wish.types) != set(seats):
        raise BadInput(
            "lines", "票和你留的座位对不上。", "The lines do not match the seats you hold."
        )
    plan, known = read_plan(tx, sale.plan_id), prices(tx, mine.performance_id, now)
    counts = Counter(wish.types.values())
    check_types(tx, mine.performance_id, counts, in_wheelchairs(plan, wish.types), now)
    lines, currencies, off = [], set(), 0
    for seat in seats:
        section, kind = plan.by_id[seat].section, wish.types[seat]
        usual = quote(known, section, kind)
        price = lower(usual, kind, promotion) if promotion is not None else usual
        off += usual.paid - price.paid
        currencies.add(price.currency)
        lines.append(
            Line(
                seat, section, kind, price.band, price.face, price.paid, price.discount,
                price.funded, price.funder_id,
            )
        )  # fmt: skip
    if promotion is not None and not off:
        raise CodeTakesNothingOff()
    if len(currencies) > 1:
        raise MixedCurrencies()
    what = OrderDraft(
        mine.performance_id, mine.id, wish.buyer, lines, wish.channel, wish.lang,
        currencies.pop(), sale.refund_ladder,
    )  # fmt: skip
    return what, off


def _reserved_until(sale: SaleTerms, now: int) -> int:
    until = reserved_until(sale, now)
    if until is None:
        raise NoReservation()
    return until


def _gateway(wish: Wish, total: int) -> Gateway:
    """Nothing to pay needs no provider; something to pay is never free."""
    if total == 0:
        return FREE
    if wish.gateway is FREE:
        raise NoSuchGateway()
    return wish.gateway
