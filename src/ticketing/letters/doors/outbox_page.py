"""The outbox: readable in a demo; elsewhere what was sent is only counted, for letters are private, and what
could not be sent is named, for somebody has to see to it."""

from base64 import b64encode
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.desk.db import Tx
from ticketing.desk.outbox import send_again
from ticketing.foundation.errors import NotFound
from ticketing.foundation.front import Front
from ticketing.foundation.mail import Mail
from ticketing.letters.outbox_view import counts, find, newest, unsent
from ticketing.letters.send import compose
from ticketing.tickets.keys import Keyring
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

ABOUT = {
    "reserved": {"zh": "座位留好了", "en": "Seats reserved"},
    "changed": {"zh": "演出有变", "en": "A change"},
    "tickets": {"zh": "电子票", "en": "Tickets"},
    "returned": {"zh": "付款已退回", "en": "Payment returned"},
}
WHY = {  # the mail server's way to say no, as a person reads it
    "SMTPRecipientsRefused": {"zh": "对方邮箱不收", "en": "the address was refused"},
    "SMTPNotSupported": {"zh": "邮件服务器寄不了这样的地址", "en": "the mail server cannot send to such an address"},
    "SMTPConnectError": {"zh": "连不上邮件服务器", "en": "the mail server could not be reached"},
    "SMTPTimeoutError": {"zh": "邮件服务器没有回应", "en": "the mail server did not answer"},
    "SMTPAuthenticationError": {"zh": "邮件服务器不认我们的密码", "en": "the mail server refused our password"},
    "ValueError": {"zh": "地址不对", "en": "the address is wrong"},
}  # fmt: skip


@get("/office/letters")
async def letters_page(request: Request) -> Response[Any]:
    letters = await request.desk.read(newest) if request.settings.demo else []
    return show(
        request, "letters/letters.html", letters=letters, about=ABOUT,
        unsent=await request.desk.read(unsent), why=WHY, post=await request.desk.read(counts),
        demo=request.settings.demo, zone=Front.house.get("zone", "UTC"),
    )  # fmt: skip


@get("/office/letters/{letter_id:str}")
async def letter_page(request: Request, letter_id: FromPath[str]) -> Response[Any]:
    state = request.app.state
    if not request.settings.demo:
        raise NotFound()
    row, mail = await request.desk.read(read, letter_id, state.keyring, request.settings.base_url)
    return show(
        request, "letters/letter.html", letter=row, mail=mail,
        page=with_pictures(mail), zone=Front.house.get("zone", "UTC"),
    )  # fmt: skip


@post("/office/letters/{letter_id:str}/sending")
async def send_letter(request: Request, letter_id: FromPath[str]) -> Response[Any]:
    """Try a letter again that could not be sent."""
    await request.desk.write(send_again, letter_id, by=request.actor.id)
    return done(request, "/office/letters", "马上再寄一次。", "It is sent again at once.")


def read(tx: Tx, letter_id: str, keys: Keyring, base_url: str) -> tuple[Any, Mail]:
    row = find(tx, letter_id)
    return row, compose(tx, row, keys, base_url)


def with_pictures(mail: Mail) -> str:
    """Return the letter's page as a mail program shows it: pictures inside, links in a new tab."""
    page = mail.html.replace("<head>", '<head><base target="_blank">', 1)
    for name, png in mail.pictures:
        page = page.replace(f"cid:{name}", f"data:image/png;base64,{b64encode(png).decode()}")
    return page


handlers = [staff_pages(works_here(Role.BOX_OFFICE), letters_page, letter_page, send_letter)]
