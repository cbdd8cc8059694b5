"""Posters: pictures that came with a festival's file, kept in the database and never changed.

The name carries the picture's digest: another picture is another poster, so it may be kept for ever.
"""

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.foundation.picture import Picture
from ticketing.programme.models import Poster


def hang(tx: Tx, picture: Picture, *, now: int) -> None:
    """Keep a picture; harmless when repeated."""
    if tx.execute(sa.select(Poster.name).where(Poster.name == picture.name)).first() is None:
        values = {"name": picture.name, "media_type": picture.media_type, "body": picture.body}
        tx.execute(sa.insert(Poster).values(**values, added_at=now))


def poster(tx: Tx, name: str) -> tuple[str, bytes]:
    """Return its media type and content; raises NotFound."""
    found = tx.execute(sa.select(Poster.media_type, Poster.body).where(Poster.name == name)).first()
    if found is None:
        raise NotFound()
    return found.media_type, found.body
