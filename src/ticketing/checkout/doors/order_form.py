"""What the checkout's form holds: for each seat who pays for it, where the tickets go, the sum shown."""

from collections.abc import Mapping
from typing import Any

from ticketing.foundation.errors import BadInput

TYPE = "type-"  # a field's name is this and a seat's id
ROW = "row:"  # a row's field is this and its number; no ticket type is called so
TYPED = ("to", "pay", "code")
MOST_DIGITS = 9


def types(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the ticket type of each seat: its own, or the one for its row."""
    return {
        name.removeprefix(TYPE): str(form.get(str(kind), kind))
        if str(kind).startswith(ROW)
        else str(kind)
        for name, kind in form.items()
        if name.startswith(TYPE)
    }


def typed(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a buyer typed, by its field's name, to carry it over a page without these fields."""
    return [
        (name, str(value)[:200])
        for name, value in form.items()
        if name in TYPED or name.startswith((TYPE, ROW))
    ]


def shown_total(form: Mapping[str, Any]) -> int:
    """Return the sum that the buyer was shown, in fen."""
    total = str(form.get("total", ""))
    if not total.isdecimal() or len(total) > MOST_DIGITS:
        raise BadInput("total", "请重新打开这一页。", "Please open this page again.")
    return int(total)
