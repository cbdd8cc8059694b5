"""A night closed: its settlement, signed and locked."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement",
        sa.Column("performance_id", sa.String, nullable=False),
        sa.Column("sheet", sa.JSON, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("signer", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("signed_by", sa.String, nullable=False),
        sa.Column("signed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("performance_id", name="pk_settlement"),
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performance.id"], name="fk_settlement_performance_id"
        ),
    )


def downgrade() -> None:
    op.drop_table("settlement")
