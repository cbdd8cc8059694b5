"""Tickets, as JSON and as the picture of their code."""

from asyncio import to_thread

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from typing_extensions import TypedDict

from ticketing.foundation import qr
from ticketing.foundation.codes import unpadded
from ticketing.foundation.errors import NotFound
from ticketing.foundation.resources import directory
from ticketing.programme.models import Rotating
from ticketing.tickets.code import code_now, code_of, secret_of
from ticketing.tickets.queries import SeatAnswer, by_secret, seat_answer, status_of
from ticketing.web.fast.raw_response import Ready
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import public_api, public_pages

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


class Rotation(TypedDict):
    """What it takes to draw a code that rotates: ``code`` stands still, ``secret`` is base64, ``now`` ms."""

    code: str
    secret: str
    now: int


@get("/api/tickets/{secret:str}", responses=problems(404))
async def show_ticket(request: Request, secret: FromPath[str]) -> Response[TicketAnswer]:
    """The ticket that this secret opens; ``code`` is what its QR says, now where it rotates."""
    ticket = await request.desk.look(by_secret, secret)
    now = request.now
    content: TicketAnswer = {
        "number": ticket.short,
        "code": code_now(ticket, request.app.state.keyring, now),
        "performance": ticket.performance_id,
        "seat": seat_answer(ticket),
        "status": status_of(ticket),
    }
    return Response(content, headers=NO_STORE)


@get("/tickets/{secret:str}/code.png", media_type="image/png", responses=problems(404))
async def code_picture(
    request: Request, secret: FromPath[str], paper: FromQuery[bool] = False
) -> Response[bytes]:
    """The QR, black on white with its quiet zone; looking at it changes nothing.

    ``paper``: to be printed, where a code that rotates may stand on paper.
    """
    state = request.app.state
    ticket = await request.desk.look(by_secret, secret)
    still = ticket.rotating == Rotating.OFF or (paper and ticket.rotating == Rotating.PAPER)
    code = code_of(ticket, state.keyring) if still else code_now(ticket, state.keyring, request.now)
    picture = await to_thread(qr.png, code, scale=SCALE)
    return Response(picture, media_type="image/png", headers=PRIVATE if still else NO_STORE)


@get("/tickets/{secret:str}/rotation")
async def rotation(request: Request, secret: FromPath[str]) -> Response[Rotation]:
    """What a ticket's page draws its code with, without asking again. NotFound where it does not rotate."""
    state = request.app.state
    ticket = await request.desk.look(by_secret, secret)
    if ticket.rotating == Rotating.OFF or ticket.voided_at is not None:
        raise NotFound()
    content: Rotation = {
        "code": code_of(ticket, state.keyring),
        "secret": unpadded(secret_of(ticket, state.keyring)),
        "now": request.now,
    }
    return Response(content, headers=NO_STORE)


@get("/ticket-worker.js", sync_to_thread=False)
def ticket_worker() -> Ready:
    """What keeps a ticket's page on its holder's phone."""
    script = (directory("static") / "ticket-worker.js").read_bytes()
    return Ready(200, script, {"content-type": "text/javascript", "cache-control": "no-cache"})


handlers = [public_api(show_ticket, code_picture), public_pages(rotation, ticket_worker)]
