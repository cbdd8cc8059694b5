"""A ticket as a plain page with one picture. Opening it changes nothing."""

from typing import Any

import sqlalchemy as sa
from litestar import Response, get
from litestar.params import FromPath

from ticketing.desk.db import Tx
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import shown_short
from ticketing.orders.queries import by_id as order_by_id
from ticketing.tickets.evening import Evening, evening
from ticketing.tickets.places import own_name, place
from ticketing.tickets.queries import by_secret, status_of
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import show


@get("/tickets/{secret:str}")
async def ticket_page(request: Request, secret: FromPath[str]) -> Response[Any]:
    """The ticket that this secret opens; one that is void says so and shows no code."""
    ticket, night, order = await request.desk.read(find, secret)
    return show(
        request, "tickets/ticket.html", ticket=ticket, night=night, currency=order.currency,
        shape=tier_shape, short=shown_short, standing_of=status_of, own_name=own_name, place=place,
        order_number=order.number,
    )  # fmt: skip


def find(tx: Tx, secret: str) -> tuple[sa.Row[Any], Evening, sa.Row[Any]]:
    """Return the ticket, its evening and its order."""
    ticket = by_secret(tx, secret)
    return ticket, evening(tx, ticket.performance_id), order_by_id(tx, ticket.order_id)


handlers = [public_pages(ticket_page)]
