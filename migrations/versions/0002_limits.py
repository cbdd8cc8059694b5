"""Limits on holds and tickets, and a hold's renewals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LIMITS = {
    "most_per_buyer": "24",
    "most_renewals": "2",
    "most_holds_per_client": "30",
    "most_holds_per_network": "300",
}


def upgrade() -> None:
    for name, most in LIMITS.items():
        op.add_column("performance", number(name, server_default=most))
    op.add_column("hold", sa.Column("network", sa.String(), server_default="", nullable=False))
    op.add_column("hold", number("renewals", server_default="0"))
    op.drop_index("ix_hold_performance_id", "hold")
    op.create_index("ix_hold_client", "hold", ["performance_id", "client", "placed_at"])
    op.create_index("ix_hold_network", "hold", ["performance_id", "network", "placed_at"])
    op.create_index("ix_orders_buyer_phone", "orders", ["performance_id", "buyer_phone"])
    op.create_index("ix_orders_buyer_email", "orders", ["performance_id", "buyer_email"])
    per_performance("hold_quota", sa.Column("who", sa.String(), nullable=False), number("used"))
    per_performance("buyer_turn", number("turn"))


def downgrade() -> None:
    op.drop_table("buyer_turn")
    op.drop_table("hold_quota")
    for contact in ("email", "phone"):
        op.drop_index(f"ix_orders_buyer_{contact}", "orders")
    op.drop_index("ix_hold_network", "hold")
    op.drop_index("ix_hold_client", "hold")
    op.create_index("ix_hold_performance_id", "hold", ["performance_id"])
    op.drop_column("hold", "renewals")
    op.drop_column("hold", "network")
    for name in LIMITS:
        op.drop_column("performance", name)


def number(name: str, server_default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default=server_default, nullable=False)


def per_performance(name: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    """Make a table of which each performance has rows by the first of the columns."""
    op.create_table(
        name,
        sa.Column("performance_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performance.id"], name=f"fk_{name}_performance_id"
        ),
        sa.PrimaryKeyConstraint("performance_id", columns[0].name, name=f"pk_{name}"),
    )
