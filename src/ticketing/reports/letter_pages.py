"""The outbox: readable in a demo, only counted elsewhere, for letters are private."""

from base64 import b64encode
from typing import Any

from litestar import Response, get
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath

from ticketing.accounts.guards import works_here
from ticketing.accounts.models import Role
from ticketing.checkout.mailing import compose
from ticketing.foundation.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.foundation.mail import Mail
from ticketing.foundation.pages import Front
from ticketing.foundation.web import AnyRequest, show
from ticketing.reports.post_room import counts, find, newest
from ticketing.tickets.keys import Keyring

BOX_OFFICE = [works_here(Role.BOX_OFFICE)]
NO_STORE = CacheControlHeader(no_store=True)
ABOUT = {
    "tickets": {"zh": "电子票", "en": "Tickets"},
    "returned": {"zh": "付款已退回", "en": "Payment returned"},
}


@get("/office/letters", guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE)
async def letters_page(request: AnyRequest) -> Response[Any]:
    state = request.app.state
    letters = await state.desk.read(newest) if state.settings.demo else []
    return show(
        request, "reports/letters.html", actor=request.state.actor, letters=letters, about=ABOUT,
        post=await state.desk.read(counts), demo=state.settings.demo, zone=Front.house.get("zone", "UTC"),
    )  # fmt: skip


@get(
    "/office/letters/{letter_id:str}",
    guards=BOX_OFFICE, include_in_schema=False, cache_control=NO_STORE,
)  # fmt: skip
async def letter_page(request: AnyRequest, letter_id: FromPath[str]) -> Response[Any]:
    state = request.app.state
    if not state.settings.demo:
        raise NotFound()
    row, mail = await state.desk.read(read, letter_id, state.keyring, state.settings.base_url)
    return show(
        request, "reports/letter.html", actor=request.state.actor, letter=row, mail=mail,
        page=with_pictures(mail), zone=Front.house.get("zone", "UTC"),
    )  # fmt: skip


def read(tx: Tx, letter_id: str, keys: Keyring, base_url: str) -> tuple[Any, Mail]:
    row = find(tx, letter_id)
    return row, compose(tx, row, keys, base_url)


def with_pictures(mail: Mail) -> str:
    """Return the letter's page as a mail program shows it: pictures inside, links in a new tab."""
    page = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    for name, png in mail.pictures:
        page = page.replace(f"cid:{name}", f"data:image/png;base64,{b64encode(png).decode()}")
    return page
