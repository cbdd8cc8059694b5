"""One box for all that is known of an order: name, mail, phone, ticket's or order's number."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Redirect

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.find_orders import MOST_FOUND, find_orders
from ticketing.foundation.typed_text import signs, visible
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import show

LONGEST = 200


@get("/office/orders")
async def find(request: Request, q: FromQuery[str] = "") -> Response[Any]:
    """An order's own number leads to it; else what was found is listed, and nothing found is said."""
    words = visible(q[:LONGEST]).strip()
    found = await request.desk.read(find_orders, words) if words else []
    exact = [row for row in found if signs(words).upper() in (row.number, row.number[-8:])]
    if len(exact) == 1:
        path = f"/office/orders/{exact[0].number}"
        return Redirect(address(request.lang, path), status_code=303)
    return listed(request, words, found)


def listed(
    request: Request, words: str, orders: Sequence[Any] = (), status: int = 200
) -> Response[Any]:
    """Show what was found, or say that nothing was, with the box to try again."""
    return show(
        request, "box_office/orders.html", status=status, q=words,
        orders=orders, many=len(orders) == MOST_FOUND,
    )  # fmt: skip


handlers = [staff_pages(works_here(Role.BOX_OFFICE), find)]
