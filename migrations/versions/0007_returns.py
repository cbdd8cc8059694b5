"""Returns of single lines, windows without a fee, disputes; books without an order."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "provider_clearing", "cash", "subsidy_receivable", "customer_clearing", "deferred_revenue",
    "ticket_revenue", "refunds_payable", "bank",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "returned_line",
        sa.Column("line_id", sa.String, nullable=False),
        sa.Column("order_id", sa.String, nullable=False),
        sa.Column("refund_id", sa.String),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("fee", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("returned_at", sa.BigInteger, nullable=False),
        sa.Column("returned_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("line_id", name="pk_returned_line"),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name="fk_returned_line_line_id"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_returned_line_order_id"),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name="fk_returned_line_refund_id"),
        sa.CheckConstraint("amount >= 0 AND fee >= 0", name=op.f("ck_returned_line_not_negative")),
    )
    op.create_index("ix_returned_line_order_id", "returned_line", ["order_id"])
    op.create_table(
        "free_return",
        sa.Column("performance_id", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("closes_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("performance_id", "opened_at", name="pk_free_return"),
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performance.id"], name="fk_free_return_performance_id"
        ),
    )
    op.create_table(
        "dispute",
        sa.Column("gateway", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("payment_id", sa.String, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("gateway", "reference", name="pk_dispute"),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name="fk_dispute_payment_id"),
        sa.CheckConstraint("status IN ('open', 'won', 'lost')", name=op.f("ck_dispute_status")),
    )
    op.create_index("ix_dispute_payment_id", "dispute", ["payment_id"])
    with op.batch_alter_table("refund") as refund:
        refund.drop_constraint("uq_refund_order_id_reason_payment_id", type_="unique")
    with op.batch_alter_table("performance") as performance:
        performance.add_column(sa.Column("returns_sold_at", sa.BigInteger))
        performance.add_column(sa.Column("cancel_reason", sa.JSON))
    name_accounts((*ACCOUNTS, "return_fees", "disputed", "losses"))


def downgrade() -> None:
    name_accounts(ACCOUNTS)
    with op.batch_alter_table("performance") as performance:
        performance.drop_column("cancel_reason")
        performance.drop_column("returns_sold_at")
    with op.batch_alter_table("refund") as refund:
        refund.create_unique_constraint(
            "uq_refund_order_id_reason_payment_id", ["order_id", "reason", "payment_id"]
        )
    op.drop_table("dispute")
    op.drop_table("free_return")
    op.drop_table("returned_line")


def name_accounts(accounts: tuple[str, ...]) -> None:
    with op.batch_alter_table("posting") as posting:
        for side in ("debit", "credit"):
            name = op.f(f"ck_posting_{side}_account")
            posting.drop_constraint(name, type_="check")
            posting.create_check_constraint(name, among(side, accounts))


def among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
