"""Mail: one message with text, page and inline pictures, handed to an SMTP server."""

import asyncio
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib

PATIENCE = 20.0  # seconds for the whole conversation with a server that hangs


@dataclass(frozen=True, slots=True)
class Mail:
    """``pictures``: (content id, PNG), shown where the page says cid:."""

    subject: str
    text: str
    html: str
    pictures: list[tuple[str, bytes]] = field(default_factory=list)


def message(mail: Mail, sender: str, sender_name: str, recipient: str) -> EmailMessage:
    """Return the message; one line in the headers, whatever the texts contain."""
    result = EmailMessage()
    result["Subject"] = " ".join(mail.subject.split())
    result["From"] = Address(" ".join(sender_name.split()), addr_spec=sender)
    result["To"] = recipient
    result["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    result.set_content(mail.text)
    result.add_alternative(mail.html, subtype="html")
    page = result.get_body(("html",))
    assert page
    for name, png in mail.pictures:
        page.add_related(png, "image", "png", cid=f"<{name}>", filename=f"{name}.png")
    return result


async def send(what: EmailMessage, url: str) -> None:
    """``url``: smtp://user:password@host:port, or smtps:// for TLS from the first byte.

    Raises TimeoutError: the library's own patience begins anew with each command.
    """
    server = urlsplit(url)
    async with asyncio.timeout(PATIENCE):
        await aiosmtplib.send(
            what,
            hostname=server.hostname or "localhost",
            port=server.port or (465 if server.scheme == "smtps" else 25),
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=PATIENCE,
        )
