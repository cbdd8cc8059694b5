"""Say whose house this is: the one row that stands on every page."""

from collections.abc import Mapping
from typing import Any

from ticketing.accounts.models import House
from ticketing.accounts.queries import house
from ticketing.foundation.db import Tx
from ticketing.foundation.keep import keep_row
from ticketing.foundation.pages import Front


def describe_house(tx: Tx, says: Mapping[str, Any], *, by: str, now: int) -> None:
    """``says``: what the model says of each column."""
    values = {
        "name": says["name"], "organiser": says["organiser"], "contact": says["contact"],
        "terms": says["terms"], "zone": says["zone"], "demo": says["demo"],
        "currency": says["currency"], "languages": says["languages"],
        "phone_country": says["phone_country"], "mark": says["mark"], "colour": says["colour"],
        "order_prefix": says["order_prefix"], "desk_ways": says["desk_ways"], "tax": says["tax"],
    }  # fmt: skip
    keep_row(tx, House, {"id": 1}, values, by=by, now=now)


def open_front(tx: Tx) -> None:
    """Let every page, letter and act of this process read whose house it is; before the seed: nobody's."""
    if found := house(tx):
        Front.house = found
