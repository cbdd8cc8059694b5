"""What seating plans can say since: areas, restricted views, printed seats, the file itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDED = (
    ("seating_plan", "source", sa.JSON, "{}"),
    ("section", "area", sa.JSON, "{}"),
    ("seat", "why", sa.JSON, "{}"),
    ("seat", "printed", sa.String, ""),
    ("seat", "guid", sa.String, ""),
)


def upgrade() -> None:
    for table, name, kind, before in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=before))
    op.create_index("ix_seat_section", "seat", ["plan_id", "section", "id"])


def downgrade() -> None:
    op.drop_index("ix_seat_section", "seat")
    for table, name, _, _ in reversed(ADDED):
        op.drop_column(table, name)
