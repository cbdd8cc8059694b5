"""An order at the counter: its tickets, to be shown and printed."""

from dataclasses import dataclass
from typing import Any

from ticketing.box_office.story import Event, story
from ticketing.desk.db import Tx
from ticketing.foundation import qr
from ticketing.foundation.words import Words
from ticketing.orders.models import COMP, COMP_NAME
from ticketing.orders.queries import by_number
from ticketing.payments.queries import refunds
from ticketing.pricing.queries import ticket_types
from ticketing.programme.queries import by_id
from ticketing.tickets.code import code_of
from ticketing.tickets.keys import Keyring
from ticketing.tickets.models import UNPAID
from ticketing.tickets.queries import status_of, tickets_of


@dataclass(frozen=True, slots=True)
class Paper:
    """``side``: modules of the code with its quiet zone; ``path`` draws it, see ``qr.svg_path``."""

    ticket: Any
    side: int
    path: str


@dataclass(frozen=True, slots=True)
class OrderSheet:
    order: Any
    show: Any
    types: dict[str, Words]
    papers: list[Paper]
    waiting: list[Any]  # tickets that are reserved
    story: list[Event]
    back: int  # fen that went back, or will


def order_sheet(tx: Tx, number: str, keys: Keyring, lang: str) -> OrderSheet:
    """Raises NotFound. A void ticket has no paper."""
    order = by_number(tx, number)
    tickets = tickets_of(tx, order.id)
    live = [ticket for ticket in tickets if ticket.voided_at is None]
    return OrderSheet(
        order,
        by_id(tx, order.performance_id),
        {kind.key: kind.name for kind in ticket_types(tx, order.performance_id)}
        | {COMP: COMP_NAME},
        [Paper(ticket, *qr.svg_path(code_of(ticket, keys))) for ticket in live],
        [ticket for ticket in tickets if status_of(ticket) == UNPAID],
        story(tx, order, lang),
        sum(row.amount for row in refunds(tx, order.id)),
    )
