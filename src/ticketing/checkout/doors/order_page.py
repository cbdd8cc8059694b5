"""The order's page: pay, the tickets at once, send them again; and how to find it back."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.checkout.doors.payment_methods import chosen, payment_methods
from ticketing.checkout.fulfil import OrderClosed
from ticketing.checkout.order_shown import OrderShown, order_shown
from ticketing.checkout.pay_again import pay_again
from ticketing.checkout.place import NoSuchGateway
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import shown_short
from ticketing.foundation.errors import NotFound, Refused
from ticketing.letters.resend import send_tickets_again
from ticketing.orders.buyer import masked
from ticketing.payments.gateway import pay_path
from ticketing.payments.switch import SwitchedOff
from ticketing.seating.runs import say_runs
from ticketing.tickets.places import own_name, place
from ticketing.tickets.queries import status_of
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import done, show


@get("/orders")
async def my_tickets(request: Request) -> Response[Any]:
    """Where one's tickets are: in the mail, and in the links that this device keeps."""
    return show(request, "checkout/my_tickets.html")


@get("/orders/{secret:str}")
async def order_page(request: Request, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret)


@post("/orders/{secret:str}/payments")
async def pay(request: Request, secret: FromPath[str]) -> Response[Any]:
    """Go and pay, again where an attempt failed; what is settled meanwhile is shown."""
    way = chosen(request, str((await request.form()).get("pay", "")))
    if way.at_desk:
        raise NoSuchGateway()
    try:
        payment = await request.desk.write(pay_again, secret, way)
    except OrderClosed:
        return onwards(request, f"/orders/{secret}")
    except SwitchedOff as refused:
        return await page(request, secret, refused=refused)
    return onwards(request, pay_path(payment, way))


@post("/orders/{secret:str}/mails")
async def send_again(request: Request, secret: FromPath[str]) -> Response[Any]:
    try:
        to = await request.desk.write(send_tickets_again, secret)
    except NotFound:
        raise
    except Refused as refused:
        return await page(request, secret, refused=refused)
    return done(request, f"/orders/{secret}", f"票又寄到 {to} 了。", f"Sent again to {to}.")


async def page(
    request: Request, secret: str, *, refused: Refused | None = None, form: object = None
) -> Response[Any]:
    now = request.now
    found: OrderShown = await request.desk.read(order_shown, secret, now)
    return show(
        request, "checkout/order.html", refused=refused,
        shown=found, order=found.order, night=found.night, currency=found.order.currency,
        now=now, minutes=request.settings.hold_minutes, shape=tier_shape,
        short=shown_short, standing_of=status_of, to=masked(found.order),
        ways=[way for way in await payment_methods(request) if not way.at_desk],
        valid=found.live, void=found.void, own_name=own_name, place=place, say_runs=say_runs,
        order_number=found.order.number,
    )  # fmt: skip


def onwards(request: Request, path: str) -> Response[Any]:
    return Redirect(address(request.lang, path), status_code=303)


handlers = [public_pages(my_tickets, order_page, pay, send_again)]
