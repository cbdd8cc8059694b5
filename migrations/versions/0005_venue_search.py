"""What a search finds a venue by is stored: to spell its name took a server 58 MB of dictionaries."""

import sqlalchemy as sa
from alembic import op

from ticketing.foundation.reading import search_text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VENUE = sa.table(
    "venue", sa.column("id"), sa.column("name", sa.JSON), sa.column("search", sa.String)
)


def upgrade() -> None:
    op.add_column("venue", sa.Column("search", sa.String, server_default="", nullable=False))
    connection = op.get_bind()
    for venue_id, name in connection.execute(sa.select(VENUE.c.id, VENUE.c.name)).all():
        found = {"search": search_text(name)}
        connection.execute(sa.update(VENUE).where(VENUE.c.id == venue_id).values(found))


def downgrade() -> None:
    op.drop_column("venue", "search")
