"""Announce seasons, people and productions. Each act is harmless when repeated."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.upsert import keep_row, keep_rows
from ticketing.foundation.words import Words
from ticketing.programme.models import Credit, Person, Production, Season


@dataclass(frozen=True, slots=True)
class Piece:
    """What a production is, whoever plays it. ``poster``: its name in the database, or ""."""

    title: Words
    kind: Words
    synopsis: Words
    language: Words
    duration_minutes: int
    interval_minutes: int
    chapters: Sequence[Words]
    poster: str
    demo: bool


def announce_season(
    tx: Tx, slug: str, *, name: Words, cry: Words, blurb: Words, position: int, demo: bool,
    by: str, now: int,
) -> str:  # fmt: skip
    """Return the season's id. ``cry`` is the big word on its page."""
    values = {"name": name, "cry": cry, "blurb": blurb, "position": position, "demo": int(demo)}
    return keep_row(tx, Season, {"slug": slug}, values, by=by, now=now)


def announce_person(tx: Tx, slug: str, *, name: Words, search: str, by: str, now: int) -> str:
    """Return the person's id. ``search`` as from ``reading.search_text``."""
    values = {"name": name, "search": search}
    return keep_row(tx, Person, {"slug": slug}, values, by=by, now=now)


def announce_production(tx: Tx, slug: str, piece: Piece, *, search: str, by: str, now: int) -> str:
    """Return the production's id. ``search`` as from ``reading.search_text``."""
    values = asdict(piece) | {
        "chapters": list(piece.chapters),
        "search": search,
        "demo": int(piece.demo),
    }
    return keep_row(tx, Production, {"slug": slug}, values, by=by, now=now)


def credit(
    tx: Tx, production_id: str, makers: Sequence[tuple[str, Words]], *, by: str, now: int
) -> None:
    """Name who made it: each maker's person id and role, in the order of the poster."""
    rows = [
        {"position": position, "person_id": person_id, "role": role}
        for position, (person_id, role) in enumerate(makers)
    ]
    if keep_rows(tx, Credit, {"production_id": production_id}, rows):
        note(tx, "production.credited", production_id, by=by, now=now)
