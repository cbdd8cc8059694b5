"""Correct who is written to, and send the tickets again."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.doors.buyer_form import buyer_in
from ticketing.box_office.doors.order_page import order_shown
from ticketing.desk.db import Tx
from ticketing.letters.resend import send_again
from ticketing.orders.contact import correct_contact
from ticketing.orders.create import Buyer
from ticketing.orders.queries import by_number, lock
from ticketing.web.form_page import form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done


@post("/office/orders/{number:str}/contact")
@form_page(order_shown)
async def correct(request: Request, number: FromPath[str]) -> Response[Any]:
    """``do=send``: and send the tickets to the address that is given."""
    form = await request.form()
    await request.desk.write(
        correct_and_send, number, buyer_in(form), form.get("do") == "send", by=request.actor.id
    )
    path = f"/office/orders/{number}"
    if form.get("do") == "send":
        return done(request, path, "改好了，票马上寄出。", "Saved; the tickets are sent at once.")
    return done(request, path, "改好了。", "Saved.")


def correct_and_send(tx: Tx, number: str, buyer: Buyer, send: bool, *, by: str, now: int) -> None:
    """Both or neither: NothingToSend, SentJustNow."""
    order_id = by_number(tx, number).id
    correct_contact(tx, lock(tx, order_id), buyer, by=by, now=now)
    if send:
        send_again(tx, lock(tx, order_id), by=by, now=now)


handlers = [staff_pages(works_here(Role.BOX_OFFICE), correct)]
