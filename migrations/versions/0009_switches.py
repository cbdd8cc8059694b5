"""Gateways that somebody switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gateway_switch",
        sa.Column("gateway", sa.String, nullable=False),
        sa.Column("off_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("gateway", name="pk_gateway_switch"),
    )


def downgrade() -> None:
    op.drop_table("gateway_switch")
