"""Return tickets: choose, see what comes back, confirm."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ticketing.desk.db import Tx
from ticketing.desk.idempotency import KeyReused
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.orders.queries import by_secret
from ticketing.returns.quote import Part, ReturnQuote, return_quote
from ticketing.returns.return_once import return_once
from ticketing.returns.return_tickets import chosen_of
from ticketing.tickets.places import place
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.show import done, show


@get("/orders/{secret:str}/return")
async def ask(request: Request, secret: FromPath[str]) -> Response[Any]:
    return await page(request, secret)


@post("/orders/{secret:str}/return")
async def answer(request: Request, secret: FromPath[str]) -> Response[Any]:
    """Show what comes back of what is chosen; with ``expected``, the sum that was shown, do it."""
    form = await request.form()
    picked = [str(line) for line in form.getall("lines", [])]
    try:
        if not picked:  # a form of empty checkboxes sends nothing at all
            raise BadInput("lines", "请先选要退的票。", "Please choose a ticket first.")
        if "expected" not in form:
            return await page(request, secret, picked)
        expected = str(form["expected"])
        if not expected.isdecimal() or len(expected) > 9:
            raise BadInput("expected", "请重新确认。", "Please confirm again.")
        await request.desk.write(
            return_once,
            (secret, picked, int(expected), None),
            str(form.get("key", ""))[:200] or None,
        )
    except (NotFound, KeyReused):
        raise
    except Refused as refused:
        return await page(request, secret, picked, refused)
    count = len(picked)
    return done(
        request, f"/orders/{secret}", f"退了 {count} 张票，退款情况看下面。",
        f"Returned: {count} {'ticket' if count == 1 else 'tickets'}. See below how the money comes back.",
    )  # fmt: skip


async def page(
    request: Request, secret: str, picked: Sequence[str] = (), refused: Refused | None = None
) -> Response[Any]:
    """``picked``: the lines to confirm; where it was ``refused``, they are ticked again."""
    quote: ReturnQuote = await request.desk.read(quoted, secret, request.now)
    parts: list[Part] = []
    try:
        parts = chosen_of(quote, picked) if picked and not refused else []
    except Refused as error:
        refused = error
    return show(
        request, "returns/return.html", refused=refused,
        place=place,
        quote=quote, order=quote.order, show=quote.show, currency=quote.order.currency,
        confirm=parts, amount=sum(part.amount for part in parts),
        fee=sum(part.fee for part in parts), key=new_secret(), picked=picked,
        field=refused.fields["field"] if isinstance(refused, BadInput) else "",
    )  # fmt: skip


def quoted(tx: Tx, secret: str, now: int) -> ReturnQuote:
    return return_quote(tx, by_secret(tx, secret), now)


handlers = [public_pages(ask, answer)]
