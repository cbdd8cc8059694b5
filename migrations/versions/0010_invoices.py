"""Requests for invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invoice_request",
        sa.Column("order_id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("tax_number", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("requested_at", sa.BigInteger, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("settled_by", sa.String),
        sa.PrimaryKeyConstraint("order_id", name="pk_invoice_request"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_invoice_request_order_id"),
        sa.CheckConstraint(
            "status IN ('requested', 'issued', 'refused')", name=op.f("ck_invoice_request_status")
        ),
    )


def downgrade() -> None:
    op.drop_table("invoice_request")
