"""Register the building: venues, halls, gates. Each act is harmless when repeated."""

from ticketing.foundation.db import Tx
from ticketing.foundation.keep import keep_row
from ticketing.foundation.words import Words
from ticketing.venues.models import Gate, Hall, Venue


def register_venue(
    tx: Tx, slug: str, *, name: Words, address: Words, directions: Words, zone: str,
    demo: bool, by: str, now: int,
) -> str:  # fmt: skip
    """Return the venue's id. ``zone`` is an IANA name, such as Asia/Shanghai."""
    values = {
        "name": name, "address": address, "directions": directions, "zone": zone,
        "demo": int(demo),
    }  # fmt: skip
    return keep_row(tx, Venue, {"slug": slug}, values, by=by, now=now)


def register_hall(tx: Tx, slug: str, *, venue_id: str, name: Words, by: str, now: int) -> str:
    """Return the hall's id."""
    values = {"venue_id": venue_id, "name": name}
    return keep_row(tx, Hall, {"slug": slug}, values, by=by, now=now)


def register_gate(tx: Tx, name: str, *, hall_id: str, label: Words, by: str, now: int) -> None:
    """``name`` is unique in an installation: it stands in the scanners' addresses."""
    keep_row(tx, Gate, {"name": name}, {"hall_id": hall_id, "label": label}, by=by, now=now)
