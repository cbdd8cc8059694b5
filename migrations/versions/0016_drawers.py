"""Drawers with counts, and whose cash a posting moved."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "drawer",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("opening", sa.BigInteger, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("opened_by", sa.String, nullable=False),
        sa.Column("closing", sa.BigInteger),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("closed_by", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_drawer"),
        sa.CheckConstraint("opening >= 0 AND closing >= 0", name=op.f("ck_drawer_counted")),
    )
    op.create_index(
        "one_open_drawer", "drawer", ["opened_by"], unique=True, sqlite_where=OPEN,
        postgresql_where=OPEN,
    )  # fmt: skip
    with op.batch_alter_table("posting") as posting:
        posting.add_column(sa.Column("drawer_id", sa.String))
        posting.create_foreign_key("fk_posting_drawer_id", "drawer", ["drawer_id"], ["id"])
        posting.create_index("ix_posting_drawer_id", ["drawer_id"])


def downgrade() -> None:
    with op.batch_alter_table("posting") as posting:
        posting.drop_index("ix_posting_drawer_id")
        posting.drop_constraint("fk_posting_drawer_id", type_="foreignkey")
        posting.drop_column("drawer_id")
    op.drop_index("one_open_drawer", "drawer")
    op.drop_table("drawer")
