"""Register the building: venues, halls, gates. Each act is harmless when repeated."""

from collections.abc import Sequence

from ticketing.desk.db import Tx
from ticketing.desk.upsert import keep_row
from ticketing.foundation.reading import search_text
from ticketing.foundation.words import Words
from ticketing.venues.models import Gate, Hall, Venue


def register_venue(
    tx: Tx, slug: str, *, name: Words, address: Words, directions: Words, zone: str,
    demo: bool, by: str, now: int,
) -> str:  # fmt: skip
    """Return the venue's id. ``zone`` is an IANA name, such as Asia/Shanghai."""
    values = {
        "name": name, "search": search_text(name), "address": address, "directions": directions,
        "zone": zone, "demo": int(demo),
    }  # fmt: skip
    return keep_row(tx, Venue, {"slug": slug}, values, by=by, now=now)


def register_hall(tx: Tx, slug: str, *, venue_id: str, name: Words, by: str, now: int) -> str:
    """Return the hall's id."""
    values = {"venue_id": venue_id, "name": name}
    return keep_row(tx, Hall, {"slug": slug}, values, by=by, now=now)


def register_gate(
    tx: Tx, name: str, *, hall_id: str, label: Words, sections: Sequence[str] = (),
    by: str, now: int,
) -> None:  # fmt: skip
    """``name`` is unique in an installation: it stands in the scanners' addresses.

    ``sections``: the keys of those it leads to; none: to all.
    """
    values = {"hall_id": hall_id, "label": label, "sections": list(sections)}
    keep_row(tx, Gate, {"name": name}, values, by=by, now=now)
