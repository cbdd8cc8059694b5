"""Say whose house this is: the one row that stands on every page."""

from collections.abc import Mapping
from typing import Any

from ticketing.accounts.models import House
from ticketing.accounts.queries import house
from ticketing.foundation.db import Tx
from ticketing.foundation.keep import keep_row
from ticketing.foundation.pages import Front


def describe_house(tx: Tx, values: Mapping[str, Any], *, by: str, now: int) -> None:
    """``values``: columns of House by name."""
    keep_row(tx, House, {"id": 1}, values, by=by, now=now)


def open_front(tx: Tx) -> None:
    """Let every page, letter and act of this process read whose house it is; before the seed: nobody's."""
    if found := house(tx):
        Front.house = found
