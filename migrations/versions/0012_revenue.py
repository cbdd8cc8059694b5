"""Money by the desk's QR code, and a drawer's count that was not what it should be."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "provider_clearing", "cash", "subsidy_receivable", "customer_clearing", "deferred_revenue",
    "ticket_revenue", "refunds_payable", "bank", "return_fees", "disputed", "losses", "provider_fees",
)  # fmt: skip


def upgrade() -> None:
    name_accounts((*ACCOUNTS, "desk_clearing", "cash_differences"))


def downgrade() -> None:
    name_accounts(ACCOUNTS)


def name_accounts(accounts: tuple[str, ...]) -> None:
    with op.batch_alter_table("posting") as posting:
        for side in ("debit", "credit"):
            name = op.f(f"ck_posting_{side}_account")
            posting.drop_constraint(name, type_="check")
            posting.create_check_constraint(name, among(side, accounts))


def among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
