"""What a provider says it did with the money; entries in the books that concern no order."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "provider_clearing", "cash", "subsidy_receivable", "customer_clearing", "deferred_revenue",
    "ticket_revenue", "refunds_payable", "bank", "return_fees", "disputed", "losses",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "provider_movement",
        sa.Column("gateway", sa.String, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("category", sa.String, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("fee", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("charge", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("gateway", "reference", name="pk_provider_movement"),
    )
    op.create_index("ix_provider_movement_charge", "provider_movement", ["charge"])
    with op.batch_alter_table("posting") as posting:
        posting.alter_column("order_id", existing_type=sa.String, nullable=True)
        posting.alter_column("performance_id", existing_type=sa.String, nullable=True)
    name_accounts((*ACCOUNTS, "provider_fees"))


def downgrade() -> None:
    name_accounts(ACCOUNTS)
    with op.batch_alter_table("posting") as posting:
        posting.alter_column("performance_id", existing_type=sa.String, nullable=False)
        posting.alter_column("order_id", existing_type=sa.String, nullable=False)
    op.drop_table("provider_movement")


def name_accounts(accounts: tuple[str, ...]) -> None:
    with op.batch_alter_table("posting") as posting:
        for side in ("debit", "credit"):
            name = op.f(f"ck_posting_{side}_account")
            posting.drop_constraint(name, type_="check")
            posting.create_check_constraint(name, among(side, accounts))


def among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
