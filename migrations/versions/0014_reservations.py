"""Seats reserved now and paid at the counter: how long, and since when."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("performance") as performance:
        performance.add_column(sa.Column("reserve_minutes", sa.BigInteger))
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("reserved_at", sa.BigInteger))


def downgrade() -> None:
    with op.batch_alter_table("orders") as orders:
        orders.drop_column("reserved_at")
    with op.batch_alter_table("performance") as performance:
        performance.drop_column("reserve_minutes")
