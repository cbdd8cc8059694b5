"""A provider's page for a payment, the life of a refund, and money paid out from the bank."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PAYMENT = ("pending", "succeeded", "declined")
REFUND = ("owed", "pending", "succeeded", "failed", "paid_out")
ACCOUNTS = (
    "provider_clearing", "cash", "subsidy_receivable", "customer_clearing", "deferred_revenue",
    "ticket_revenue", "refunds_payable",
)  # fmt: skip
UNDER_WAY = sa.text("status IN ('owed', 'pending')")


def upgrade() -> None:
    op.create_table(
        "payment_page",
        sa.Column("payment_id", sa.String, nullable=False),
        sa.Column("gateway", sa.String, nullable=False),
        sa.Column("closes_at", sa.BigInteger, nullable=False),
        sa.Column("looked_at", sa.BigInteger, nullable=False),
        sa.Column("reference", sa.String),
        sa.Column("url", sa.String),
        sa.Column("charge", sa.String),
        sa.PrimaryKeyConstraint("payment_id", name="pk_payment_page"),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name="fk_payment_page_payment_id"),
        sa.UniqueConstraint("gateway", "reference", name="uq_payment_page_gateway_reference"),
    )
    await_orders("status IN ('awaiting_payment', 'expiring')")
    op.create_index("ix_payment_page_charge", "payment_page", ["charge"])
    with op.batch_alter_table("payment") as payment:
        payment.add_column(sa.Column("received", sa.BigInteger))
        payment.add_column(sa.Column("received_currency", sa.String))
        payment.drop_constraint(op.f("ck_payment_status"), type_="check")
        payment.create_check_constraint(
            op.f("ck_payment_status"), among("status", (*PAYMENT, "closed"))
        )
    with op.batch_alter_table("refund") as refund:
        refund.add_column(
            sa.Column("status", sa.String, nullable=False, server_default="succeeded")
        )
        refund.add_column(sa.Column("reference", sa.String))
        refund.create_check_constraint(op.f("ck_refund_status"), among("status", REFUND))
    with op.batch_alter_table("refund") as refund:
        refund.alter_column("status", server_default=None)
    op.create_index(
        "ix_refund_underway", "refund", ["created_at"],
        sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY,
    )  # fmt: skip
    name_accounts((*ACCOUNTS, "bank"))


def downgrade() -> None:
    name_accounts(ACCOUNTS)
    op.drop_index("ix_refund_underway", "refund")
    with op.batch_alter_table("refund") as refund:
        refund.drop_constraint(op.f("ck_refund_status"), type_="check")
        refund.drop_column("reference")
        refund.drop_column("status")
    with op.batch_alter_table("payment") as payment:
        payment.drop_constraint(op.f("ck_payment_status"), type_="check")
        payment.create_check_constraint(op.f("ck_payment_status"), among("status", PAYMENT))
        payment.drop_column("received_currency")
        payment.drop_column("received")
    op.drop_table("payment_page")
    await_orders("status = 'awaiting_payment'")


def await_orders(where: str) -> None:
    """An order that is expiring is still looked after."""
    op.drop_index("ix_orders_pay_by", "orders")
    some = sa.text(where)
    op.create_index(
        "ix_orders_pay_by", "orders", ["pay_by"], sqlite_where=some, postgresql_where=some
    )


def name_accounts(accounts: tuple[str, ...]) -> None:
    with op.batch_alter_table("posting") as posting:
        for side in ("debit", "credit"):
            name = op.f(f"ck_posting_{side}_account")
            posting.drop_constraint(name, type_="check")
            posting.create_check_constraint(name, among(side, accounts))


def among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
