"""The office's list of money that no provider could give back: somebody pays it out by hand."""

from typing import Any

import sqlalchemy as sa
from litestar import Response, get, post
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.give_back import paid_out
from ticketing.foundation.db import Tx
from ticketing.foundation.pages import address
from ticketing.foundation.web import AnyRequest, language, show
from ticketing.orders.models import Order
from ticketing.payments.models import Payment, Refund, RefundStatus
from ticketing.programme.models import Performance
from ticketing.venues.models import Hall, Venue

ORGANISER = [works_here(Role.ORGANISER)]
NO_STORE = CacheControlHeader(no_store=True)


@get("/office/payouts", guards=ORGANISER, include_in_schema=False, cache_control=NO_STORE)
async def payouts(request: AnyRequest) -> Response[Any]:
    rows = await request.app.state.desk.read(to_pay_out)
    return show(
        request, "checkout/payouts.html", actor=request.state.actor,
        waiting=[row for row in rows if row.status == RefundStatus.FAILED],
        done=[row for row in rows if row.status == RefundStatus.PAID_OUT],
    )  # fmt: skip


@post("/office/payouts/{refund_id:str}", guards=ORGANISER, include_in_schema=False)
async def pay_out(request: AnyRequest, refund_id: FromPath[str]) -> Response[Any]:
    await request.app.state.desk.write(paid_out, refund_id, by=request.state.actor.id)
    return Redirect(address(language(request), "/office/payouts"), status_code=303)


def to_pay_out(tx: Tx) -> list[sa.Row[Any]]:
    """Return what failed and what was paid out, the oldest first."""
    query = (
        sa.select(
            Refund.__table__, Order.number, Order.buyer_name, Order.buyer_phone, Order.buyer_email,
            Payment.gateway, Venue.zone,
        )
        .join(Order, Order.id == Refund.order_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Performance, Performance.id == Order.performance_id)
        .join(Hall, Hall.id == Performance.hall_id)
        .join(Venue, Venue.id == Hall.venue_id)
        .where(Refund.status.in_([RefundStatus.FAILED, RefundStatus.PAID_OUT]))
    )  # fmt: skip
    return list(tx.execute(query.order_by(Refund.created_at, Refund.id)))


handlers = [payouts, pay_out]
