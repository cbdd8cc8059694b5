"""What happened to an order, money included: the diary's entries about it and its refunds, and its letters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ticketing.accounts.queries import names
from ticketing.box_office.story_words import LETTERS, STORY
from ticketing.desk.db import Tx
from ticketing.desk.diary import Entry, entries
from ticketing.desk.outbox import Letter
from ticketing.foundation.money import exact
from ticketing.foundation.words import say
from ticketing.ledger.models import Drawer, Posting
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.known import known
from ticketing.payments.queries import of_order, refunds

HOUSE = {"checkout", "caretaker"}


@dataclass(frozen=True, slots=True)
class Event:
    """``by``: somebody's name, "" for the house itself; ``money``: whether it moved any."""

    at: int
    by: str
    text: str
    money: bool


def story(tx: Tx, order: sa.Row[Any], lang: str) -> list[Event]:
    """Return all of it, the oldest first."""
    back = {row.id: row for row in refunds(tx, order.id)}
    paid = {row.id: row for row in of_order(tx, order.id)}
    people, drawers = names(tx), drawers_of(tx, order.id)
    found = []
    said = [entry for entry in entries(tx, [order.id, *back]) if entry.verb in STORY]
    for entry in sorted(said, key=lambda each: (each.at, list(STORY).index(each.verb))):
        refund = back.get(entry.subject)
        way = entry.what.get("way") or (refund and paid[refund.payment_id].gateway) or ""
        drawer = drawers.get(f"repaid:{refund.id}" if refund else "payment", "")
        text = told(entry, order, way, drawer, lang)
        money = entry.verb.startswith(("payment.", "refund.", "dispute."))
        found.append(Event(entry.at, who(entry.by, people, lang), text, money))
    return sorted([*found, *letters(tx, order, lang)], key=lambda event: event.at)


def told(entry: Entry, order: sa.Row[Any], way: str, drawer: str, lang: str) -> str:
    """Say one entry; sums are in the order's currency."""
    fen = {key: entry.what.get(key) or 0 for key in ("amount", "fee", "total", "paid", "given")}
    sums = {key: exact(value, order.currency) for key, value in fen.items()}
    change = exact(max(fen["given"] - fen["amount"], 0), order.currency)
    count = entry.what.get("count") or entry.what.get("seats") or 0
    from_drawer = {"zh": f"钱箱：{drawer}", "en": f"drawer: {drawer}"}
    loose = {"zh": "没开钱箱", "en": "no open drawer"}
    values = sums | {
        "change": change, "count": count, "s": "" if count == 1 else "s",
        "way": say(known(way).name, lang) if way else "",
        "drawer": say(from_drawer if drawer else loose, lang),
    }  # fmt: skip
    variant = "given" if fen["given"] else "cash" if way == COUNTER.key else ""
    variants = STORY[entry.verb]
    return say(variants.get(variant, variants[""]), lang).format_map(values)


def who(by: str, people: Mapping[str, str], lang: str) -> str:
    if by in people:
        return people[by]
    if by in HOUSE:
        return ""
    buyer = by == "buyer" or by.startswith("network:")
    return say({"zh": "买票人", "en": "the buyer"} if buyer else {"zh": "", "en": ""}, lang)


def drawers_of(tx: Tx, order_id: str) -> dict[str, str]:
    """Return the drawers' names, or whose they are, by ledger entry; "payment" for what came in."""
    query = (
        sa.select(Posting.entry, Drawer.name, Drawer.opened_by)
        .join(Drawer, Drawer.id == Posting.drawer_id)
        .where(Posting.order_id == order_id)
    )
    people = names(tx)
    found = {row.entry: row.name or people.get(row.opened_by, "") for row in tx.execute(query)}
    return {("payment" if key.startswith("payment:") else key): name for key, name in found.items()}


def letters(tx: Tx, order: sa.Row[Any], lang: str) -> list[Event]:
    """Return its letters: when each was sent, or that it was not yet."""
    about = Letter.content.contains(order.id)  # JSON; an order's id stands in no other letter's
    rows = tx.execute(
        sa.select(Letter.__table__).where(Letter.created_at >= order.placed_at, about)
    )
    return [
        Event(
            row.sent_at or row.given_up_at or row.created_at, "",
            say(LETTERS[letter_state(row)], lang).format(
                what=say(LETTERS.get(row.template, LETTERS["letter"]), lang), to=row.recipient
            ),
            False,
        )
        for row in rows
        if json.loads(row.content).get("order") == order.id
    ]  # fmt: skip


def letter_state(row: sa.Row[Any]) -> str:
    return "sent" if row.sent_at else "given_up" if row.given_up_at else "waiting"
