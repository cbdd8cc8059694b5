"""What the festival's file said when it was last stored, and the posters that came with it.

Revision ID: 0021
Revises: 0020
"""

from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from ticketing.foundation.resources import directory

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PRODUCTION = sa.table("production", sa.column("id", sa.String), sa.column("poster", sa.String))
MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


def upgrade() -> None:
    op.create_table(
        "seeded",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("seeded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_seeded")),
    )
    poster = op.create_table(
        "poster",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_poster")),
    )
    take_in(poster)


def take_in(poster: sa.Table) -> None:
    """Keep the pictures that lie in the program's own folders; a page does without the others."""
    db, kept = op.get_bind(), set()
    files = [p for p in sorted(directory("fixtures").rglob("posters/*")) if p.suffix in MEDIA]
    for production in db.execute(sa.select(PRODUCTION.c.id, PRODUCTION.c.poster)).all():
        wanted = Path(production.poster).name
        file = next((p for p in files if p.name == wanted), None)
        name = ""
        if file is not None:
            body = file.read_bytes()
            name = f"{file.stem}-{sha256(body).hexdigest()[:12]}{file.suffix}"
            if name not in kept:
                values = {"name": name, "media_type": MEDIA[file.suffix], "body": body}
                db.execute(sa.insert(poster).values(**values, added_at=0))
                kept.add(name)
        here = PRODUCTION.c.id == production.id
        db.execute(sa.update(PRODUCTION).where(here).values(poster=name))


def downgrade() -> None:
    op.drop_table("poster")
    op.drop_table("seeded")
