"""A hold's door for a browser without a script: keep the seats longer, and back to the page."""

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from ticketing.inventory.doors.sent import key_of
from ticketing.inventory.hold_once import hold_once
from ticketing.inventory.hold_record import HoldLapsed
from ticketing.inventory.renew import NoMoreRenewals, renew
from ticketing.web.client import client_of
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import done


@post("/holds/{token:str}/renewals")
async def renew_hold(request: Request, token: FromPath[str]) -> Response[Any]:
    """``show``: the performance whose seat page asked, else it was the checkout. The page says what is."""
    form = await request.form()
    key = str(form.get("key", ""))[:200] or None
    sent = key_of(request, client_of(request, key), key)
    minutes, renewed = request.settings.hold_minutes, False
    with suppress(HoldLapsed, NoMoreRenewals):
        await hold_once(request.desk, sent, renew, token, minutes=minutes)
        renewed = True
    show = quote(str(form.get("show", "")), safe="")
    path = f"/performances/{show}/seats?hold={token}" if show else f"/checkout/{token}"
    if not renewed:
        return Redirect(address(request.lang, path), status_code=303)
    zh, en = f"座位又留了 {minutes} 分钟。", f"Your seats are held for another {minutes} minutes."
    return done(request, path, zh, en)


handlers = [public_pages(renew_hold)]
