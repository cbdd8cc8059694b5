"""How a ticket's place is said: on its page, in lists, in letters."""

from itertools import groupby
from typing import Any

import sqlalchemy as sa

from ticketing.foundation.codes import shown_short
from ticketing.foundation.words import say


def place(ticket: sa.Row[Any], lang: str) -> str:
    """Return 北侧矮凳 9 号; only the tier where places are not numbered."""
    section = say(ticket.section_name, lang)
    if not ticket.numbered:
        return section
    side = say(ticket.row_name, lang)
    if lang == "en":
        return f"{side}, {section[:1].lower()}{section[1:]} {ticket.seat_number}"
    return f"{side}{section} {ticket.seat_number} 号"


def own_name(ticket: sa.Row[Any], lang: str) -> str:
    """Return what tells this ticket from the others of its order: its place, else its short number."""
    said = place(ticket, lang)
    return said if ticket.numbered else f"{said} {shown_short(ticket.short)}"


def places(tickets: list[sa.Row[Any]], lang: str) -> str:
    """Return 矮凳 9、10 号，北侧 for seats of one row; several rows follow one another."""
    said = []
    for (section, row), group in groupby(
        tickets, lambda t: (say(t.section_name, lang), say(t.row_name, lang))
    ):
        seats = list(group)
        if not seats[0].numbered:
            said.append(f"{section} × {len(seats)}")
        elif lang == "en":
            said.append(f"{section} {', '.join(str(s.seat_number) for s in seats)}, {row}")
        else:
            said.append(f"{section} {'、'.join(str(s.seat_number) for s in seats)} 号，{row}")
    return ("; " if lang == "en" else "；").join(said)
