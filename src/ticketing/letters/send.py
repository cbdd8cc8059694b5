"""Letters leave the house: rendered from the order as it is now, sent by SMTP, tried again."""

import json
import logging
from typing import Any

import sqlalchemy as sa

from ticketing.config import Settings
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.outbox import due, failed, lease, sent
from ticketing.foundation.clock import SystemClock
from ticketing.foundation.front import Front
from ticketing.foundation.mail import Mail, message, send
from ticketing.foundation.words import say
from ticketing.letters.values import letter_values
from ticketing.tickets.keys import Keyring
from ticketing.web.pages import render

log = logging.getLogger("ticketing.mail")


def compose(tx: Tx, row: sa.Row[Any], keys: Keyring, base_url: str) -> Mail:
    """Return the letter as it would be sent now."""
    content = json.loads(row.content)
    made = letter_values(tx, row.template, content, keys, base_url, row.lang)
    text, html = (
        render(f"mail/{row.template}.{kind}", row.lang, path="/", **made.values)
        for kind in ("txt", "html")
    )
    return Mail(made.subject, text, html, made.pictures)


async def send_due(desk: Desk, settings: Settings, keys: Keyring) -> None:
    """Send what is due. Without a server (a demo) letters wait in the outbox, to be read there.

    Where the server does not answer, the rest waits for the next round: each would wait as long.
    """
    if not settings.smtp_url:
        return
    now = (desk.clock or SystemClock()).now()
    for letter_id in await desk.read(due, now):
        row = await desk.write(lease, letter_id)
        if row and not await _send(desk, settings, keys, row):
            return


async def _send(desk: Desk, settings: Settings, keys: Keyring, row: sa.Row[Any]) -> bool:
    """Return whether the server answered, be it with a no."""
    try:
        mail = await desk.read(compose, row, keys, settings.base_url)
        name, address = settings.sender
        name = name or say(Front.house["name"], row.lang)
        await send(message(mail, address, name, row.recipient), settings.smtp_url)
    except Exception as error:  # whatever it was, the letter is kept and tried again
        log.warning(
            "letter %s not sent (%s), attempt %d", row.id, type(error).__name__, row.attempts
        )
        await desk.write(failed, row.id, row.attempts, f"{type(error).__name__}")
        return not isinstance(error, OSError)  # no line, no word, or cut off
    await desk.write(sent, row.id)
    return True
