"""Tickets, as JSON and as the picture of their code."""

from asyncio import to_thread
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from typing_extensions import TypedDict

from ticketing.foundation import qr
from ticketing.foundation.guards import public
from ticketing.foundation.problems import problems
from ticketing.tickets.keys import Keyring
from ticketing.tickets.queries import SeatAnswer, by_secret, seat_answer, status_of
from ticketing.tickets.sign import TicketCode, sign

PRIVATE = {"cache-control": "private, max-age=86400"}  # the picture never changes
NO_STORE = {"cache-control": "no-store"}
SCALE = 8  # pixels a module: sharp on any phone


class TicketAnswer(TypedDict):
    """``number`` is short, to be read out; ``code`` is what the QR says; ``status``: valid, unpaid or void."""

    number: str
    code: str
    performance: str
    seat: SeatAnswer
    status: str


def code_of(ticket: Any, keys: Keyring) -> str:
    """Return what the ticket's QR says."""
    code = TicketCode(ticket.key_id, ticket.performance_number, ticket.number, ticket.issue)
    return sign(code, keys.private[ticket.key_id])


@get("/api/tickets/{secret:str}", opt=public, responses=problems(404))
async def show_ticket(
    request: Request[Any, Any, Any], secret: FromPath[str]
) -> Response[TicketAnswer]:
    """The ticket that this secret opens; ``code`` is what its QR says."""
    ticket = await request.app.state.desk.look(by_secret, secret)
    content: TicketAnswer = {
        "number": ticket.short,
        "code": code_of(ticket, request.app.state.keyring),
        "performance": ticket.performance_id,
        "seat": seat_answer(ticket),
        "status": status_of(ticket),
    }
    return Response(content, headers=NO_STORE)


@get("/tickets/{secret:str}/code.png", opt=public)
async def code_picture(request: Request[Any, Any, Any], secret: FromPath[str]) -> Response[bytes]:
    """The QR, black on white with its quiet zone; looking at it changes nothing."""
    ticket = await request.app.state.desk.look(by_secret, secret)
    picture = await to_thread(qr.png, code_of(ticket, request.app.state.keyring), scale=SCALE)
    return Response(picture, media_type="image/png", headers=PRIVATE)


handlers = [show_ticket, code_picture]
