"""Give back the seats of an order that is not paid for, also where a provider's page is open for it."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from ticketing.checkout.doors.order_page import onwards
from ticketing.checkout.fulfil import OrderClosed
from ticketing.payments.provider import NoAnswer
from ticketing.processing.doors.provider_pages import ProviderSilent
from ticketing.processing.withdraw import withdraw
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import done


@post("/orders/{secret:str}/release")
async def release(request: Request, secret: FromPath[str]) -> Response[Any]:
    """Give back the seats of an order that is not paid for."""
    state = request.app.state
    try:
        await withdraw(request.desk, state.providers, secret)
    except NoAnswer as error:
        raise ProviderSilent() from error
    except OrderClosed:  # the page says how it stands
        return onwards(request, f"/orders/{secret}")
    zh, en = "座位放回去了，没有扣款。", "The seats are given back; nothing was charged."
    return done(request, f"/orders/{secret}", zh, en)


handlers = [public_pages(release)]
