"""Letters go through a real SMTP server, which may also refuse and hang."""

import asyncio
import contextlib
import email
import time
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage, Message
from functools import partial
from io import BytesIO

import pytest
import sqlalchemy as sa
import zxingcpp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from PIL import Image

import ticketing.foundation.mail
from servers import free_port
from stage import Stage
from ticketing.config import Settings
from ticketing.desk.db import Tx
from ticketing.desk.outbox import Letter, post
from ticketing.foundation.front import Front
from ticketing.letters.send import send_due


class PostOffice:
    """A receiving server that takes, refuses or keeps one waiting."""

    def __init__(self) -> None:
        self.mood = "takes"
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.mood == "refuses":
            return "451 try again later"
        if self.mood == "hangs":
            await asyncio.sleep(30)
        assert isinstance(envelope.content, bytes)
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.received.append(parsed)
        return "250 taken"


@pytest.fixture
def office() -> Iterator[tuple[PostOffice, Settings]]:
    handler = PostOffice()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, Settings(smtp_url=f"smtp://127.0.0.1:{port}", base_url="https://box.example")
    controller.stop()


Office = tuple[PostOffice, Settings]


def send(world: Stage, settings: Settings) -> None:
    asyncio.run(send_due(world.desk, settings, world.keys))


def test_the_tickets_come_by_mail_with_codes_that_scan(world: Stage, office: Office) -> None:
    server, settings = office
    placed = world.buy(world.seats(2))
    send(world, settings)
    (mail,) = server.received
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 2
    assert all(zxingcpp.read_barcode(image(part)) for part in pictures)
    page = mail.get_body(("html",))
    assert page
    assert f"https://box.example/orders/{placed.order.secret}" in page.get_content()
    assert mail["To"] == "chen@example.com"


@pytest.mark.parametrize("why", ["cancelled", "order-closed", "seats-taken"])
def test_each_return_of_money_is_explained(world: Stage, office: Office, why: str) -> None:
    server, settings = office
    placed = world.place(world.hold(world.seats(1)))
    for lang in ("zh", "en"):
        world.desk.write_now(post, "returned", "a@b.example", lang, order=placed.order.id, why=why)
    send(world, settings)
    pages = [mail.get_body(("html",)) for mail in server.received]
    texts = [page.get_content() for page in pages if page]
    assert len(set(texts)) == 2
    assert all("¥60.00" in text and placed.order.secret in text for text in texts)


def test_a_letter_is_sent_once(world: Stage, office: Office) -> None:
    server, settings = office
    world.buy(world.seats(1))
    send(world, settings)
    send(world, settings)
    assert len(server.received) == 1


def test_a_server_that_refuses_is_tried_again(world: Stage, office: Office) -> None:
    server, settings = office
    server.mood = "refuses"
    world.buy(world.seats(1))
    send(world, settings)
    assert letters(world) == [(1, None, "SMTPDataError")]
    world.desk.write_now(make_due)
    server.mood = "takes"
    send(world, settings)
    assert len(server.received) == 1
    assert letters(world)[0][2] is None


def test_a_server_that_hangs_does_not_hold_us(
    world: Stage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, settings = office
    server.mood = "hangs"
    monkeypatch.setattr(ticketing.foundation.mail, "PATIENCE", 0.3)
    world.buy(world.seats(1))
    send(world, settings)
    ((attempts, sent_at, error),) = letters(world)
    assert (attempts, sent_at) == (1, None)
    assert "Timeout" in str(error)


@pytest.mark.parametrize("drip", [b"", b"220-wait\r\n"], ids=["silent", "drips"])
def test_a_server_that_never_says_its_piece_is_left_after_one_letter(
    world: Stage, monkeypatch: pytest.MonkeyPatch, drip: bytes
) -> None:
    """Patience is for the whole conversation, and the other letters wait for the next round."""
    monkeypatch.setattr(ticketing.foundation.mail, "PATIENCE", 0.6)
    for n in range(3):
        world.buy(world.seats(1, skip=2 * n))

    async def sent() -> float:
        with_it = await asyncio.start_server(partial(never_says, drip), "127.0.0.1", 0)
        port = with_it.sockets[0].getsockname()[1]
        began = time.monotonic()
        await send_due(world.desk, Settings(smtp_url=f"smtp://127.0.0.1:{port}"), world.keys)
        took = time.monotonic() - began
        with_it.close()
        return took

    assert asyncio.run(sent()) < 3 * 0.6
    assert sorted(int(str(attempts)) for attempts, _, _ in letters(world)) == [0, 0, 1]


async def never_says(
    drip: bytes, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    with contextlib.suppress(ConnectionError, asyncio.CancelledError):
        while not writer.is_closing():
            writer.write(drip)
            await writer.drain()
            await asyncio.sleep(0.1)
    writer.close()


def test_no_server_at_all_keeps_the_letter(world: Stage) -> None:
    world.buy(world.seats(1))
    send(world, Settings(smtp_url="smtp://127.0.0.1:9"))
    assert letters(world)[0][:2] == (1, None)


def test_the_demo_keeps_its_letters_to_be_read(world: Stage) -> None:
    world.buy(world.seats(1))
    send(world, Settings(demo=True))
    assert letters(world) == [(0, None, None)]


def letters(world: Stage) -> list[tuple[object, ...]]:
    query = sa.select(Letter.attempts, Letter.sent_at, Letter.last_error)
    return [tuple(row) for row in world.ask(query)]


def make_due(tx: Tx, *, now: int) -> None:
    tx.execute(sa.update(Letter).values(due_at=now))


def image(part: Message) -> Image.Image:
    return Image.open(BytesIO(bytes(part.get_payload(decode=True))))


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("南湖有戏 <box@example.org>", "南湖有戏", "box@example.org"),
        (
            '"Box, Office (Émile) · 票" <box@example.org>',
            "Box, Office (Émile) · 票",
            "box@example.org",
        ),
        ("Box Office <box@bücher.example>", "Box Office", "box@xn--bcher-kva.example"),
        ("box@example.org", "南湖有戏", "box@example.org"),  # without a name, the house's own
    ],
)
def test_a_letter_comes_from_whom_the_setting_says(
    world: Stage, office: Office, monkeypatch: pytest.MonkeyPatch,
    sender: str, name: str, address: str,
) -> None:  # fmt: skip
    server, settings = office
    monkeypatch.setattr(Front, "house", {**Front.house, "name": {"zh": "南湖有戏", "en": "Nanhu"}})
    world.buy(world.seats(1))
    send(world, replace(settings, mail_from=sender))
    (mail,) = server.received
    (whom,) = mail["From"].addresses
    assert (whom.display_name, whom.addr_spec) == (name, address)
    assert mail["Message-ID"].endswith(f"@{address.partition('@')[2]}>")
