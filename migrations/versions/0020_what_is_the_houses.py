"""What one festival was written down for is the house's: money, languages, mark, the ways to pay."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Houses that are there go on as they were.
HOUSE = (
    ("currency", sa.String, "CNY"),
    ("languages", sa.JSON, '["zh", "en"]'),
    ("phone_country", sa.String, "CN"),
    ("mark", sa.String, "惠剧"),
    ("colour", sa.String, ""),
    ("order_prefix", sa.String, "NH"),
    ("desk_ways", sa.JSON, "{}"),
    ("tax", sa.JSON, "{}"),
)
ACCOUNTS = (
    "provider_clearing", "cash", "subsidy_receivable", "customer_clearing", "deferred_revenue",
    "ticket_revenue", "refunds_payable", "bank", "return_fees", "disputed", "losses",
    "provider_fees", "desk_clearing", "cash_differences",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("house") as house:
        for name, kind, default in HOUSE:
            house.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    with op.batch_alter_table("ticket_type") as ticket_type:
        ticket_type.add_column(sa.Column("needs", sa.String))
    know((*ACCOUNTS, "card_clearing"))


def downgrade() -> None:
    know(ACCOUNTS)
    with op.batch_alter_table("ticket_type") as ticket_type:
        ticket_type.drop_column("needs")
    with op.batch_alter_table("house") as house:
        for name, *_ in HOUSE:
            house.drop_column(name)


def know(accounts: tuple[str, ...]) -> None:
    """Let the books have these accounts; no table points to a posting, so it may be built anew."""
    names = ", ".join(repr(name) for name in accounts)
    with op.batch_alter_table("posting") as posting:
        for side in ("debit", "credit"):
            posting.drop_constraint(op.f(f"ck_posting_{side}_account"), type_="check")
            posting.create_check_constraint(
                op.f(f"ck_posting_{side}_account"), f"{side} IN ({names})"
            )
