"""Seats kept by the house for a purpose, until a time; free tickets that somebody approved."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("performance_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("release_at", sa.BigInteger),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_allocation"),
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performance.id"], name="fk_allocation_performance_id"
        ),
        sa.CheckConstraint(
            "kind IN ('house', 'press', 'agency', 'access')", name=op.f("ck_allocation_kind")
        ),
    )
    op.create_index("ix_allocation_performance_id", "allocation", ["performance_id"])
    op.create_index("ix_allocation_release_at", "allocation", ["release_at"])
    op.create_table(
        "allocated_seat",
        sa.Column("allocation_id", sa.String, nullable=False),
        sa.Column("seat_id", sa.String, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.Column("released_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("allocation_id", "seat_id", name="pk_allocated_seat"),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocation.id"], name="fk_allocated_seat_allocation_id"
        ),
    )
    op.create_table(
        "comp",
        sa.Column("order_id", sa.String, nullable=False),
        sa.Column("approver_id", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="pk_comp"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_comp_order_id"),
        sa.ForeignKeyConstraint(["approver_id"], ["staff.id"], name="fk_comp_approver_id"),
    )


def downgrade() -> None:
    op.drop_table("comp")
    op.drop_table("allocated_seat")
    op.drop_table("allocation")
