"""What a letter says: read from the order when the letter leaves, not when it was owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation import qr
from ticketing.foundation.clock import say_time
from ticketing.foundation.codes import shown_short
from ticketing.foundation.words import say, title
from ticketing.orders.queries import by_id, lines
from ticketing.programme.models import Rotating
from ticketing.programme.queries import by_id as performance_by_id
from ticketing.tickets.code import code_of
from ticketing.tickets.keys import Keyring
from ticketing.tickets.places import place, places
from ticketing.tickets.queries import tickets_of
from ticketing.web.pages import address

SCALE = 6  # pixels a module: 270 px wide, sharp on a phone


@dataclass(frozen=True, slots=True)
class LetterValues:
    """``pictures``: (content id, PNG)."""

    subject: str
    values: dict[str, Any]
    pictures: list[tuple[str, bytes]]


def letter_values(
    tx: Tx, template: str, content: Mapping[str, Any], keys: Keyring, base_url: str, lang: str
) -> LetterValues:
    order = by_id(tx, content["order"])
    show = performance_by_id(tx, order.performance_id)
    tickets = [row for row in tickets_of(tx, order.id) if row.voided_at is None]
    values = {
        "why": content.get("why"),
        "words": say(content.get("words") or show.cancel_reason or {"zh": ""}, lang),
        "amount": content.get("amount", order.total),
        "until": content.get("until", 0),
        "order": order,
        "show": show,
        "lines": lines(tx, order.id),
        "tickets": [ticket_values(row, base_url, lang) for row in tickets],
        "places": places(tickets, lang),
        "link": base_url + address(lang, f"/orders/{order.secret}"),
    }
    named = title(show.title, lang)
    when = say_time(show.starts_at, show.zone, lang)
    subjects = {
        "reserved": (f"座位留好了：{named}{when}", f"Your seats are reserved: {named}, {when}"),
        "tickets": (f"你的票：{named}{when}", f"Your tickets: {named}, {when}"),
        "changed": (f"演出有变：{named}{when}", f"A change: {named}, {when}"),
        "returned": (f"款项已退回：{named}{when}", f"Your money was returned: {named}, {when}"),
    }
    pictures = [
        (f"code-{n}", qr.png(code_of(row, keys), scale=SCALE))
        for n, row in enumerate(tickets)
        if template == "tickets" and row.rotating == Rotating.OFF
    ]
    values["pictures"] = bool(pictures)
    return LetterValues(subjects[template][lang == "en"], values, pictures)


def ticket_values(row: sa.Row[Any], base_url: str, lang: str) -> dict[str, str]:
    return {
        "place": place(row, lang),
        "short": shown_short(row.short),
        "link": base_url + address(lang, f"/tickets/{row.secret}"),
    }
