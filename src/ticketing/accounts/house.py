"""Say whose house this is: the one row that stands on every page."""

from ticketing.accounts.models import House
from ticketing.foundation.db import Tx
from ticketing.foundation.keep import keep_row
from ticketing.foundation.words import Words


def describe_house(
    tx: Tx, *, name: Words, organiser: Words, contact: Words, terms: Words, zone: str,
    demo: bool, by: str, now: int,
) -> None:  # fmt: skip
    values = {
        "name": name, "organiser": organiser, "contact": contact, "terms": terms,
        "zone": zone, "demo": int(demo),
    }  # fmt: skip
    keep_row(tx, House, {"id": 1}, values, by=by, now=now)
