"""Ticket types with conditions, early prices, promotion codes, and what funders have promised."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ticket_type") as kind:
        kind.add_column(sa.Column("proof", sa.BigInteger, nullable=False, server_default="0"))
        kind.add_column(sa.Column("least", sa.BigInteger))
        kind.add_column(sa.Column("most", sa.BigInteger))
        kind.add_column(sa.Column("sold_from", sa.BigInteger))
        kind.add_column(sa.Column("sold_until", sa.BigInteger))
    with op.batch_alter_table("funder") as funder:
        funder.add_column(sa.Column("promised", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "early_price",
        sa.Column("performance_id", sa.String, nullable=False),
        sa.Column("band", sa.String, nullable=False),
        sa.Column("ticket_type", sa.String, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("paid", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("performance_id", "band", "ticket_type", name="pk_early_price"),
        sa.ForeignKeyConstraint(
            ["performance_id", "band", "ticket_type"],
            ["price.performance_id", "price.band", "price.ticket_type"],
            name="fk_early_price_performance_id_band_ticket_type",
        ),
        sa.CheckConstraint("paid >= 0", name=op.f("ck_early_price_not_negative")),
    )
    op.create_table(
        "promotion",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("performance_id", sa.String),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("percent", sa.BigInteger, nullable=False),
        sa.Column("fen", sa.BigInteger, nullable=False),
        sa.Column("ticket_types", sa.JSON, nullable=False),
        sa.Column("stacks", sa.BigInteger, nullable=False),
        sa.Column("budget", sa.BigInteger),
        sa.Column("spent", sa.BigInteger, nullable=False),
        sa.Column("most_per_buyer", sa.BigInteger),
        sa.Column("opens_at", sa.BigInteger),
        sa.Column("closes_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_promotion"),
        sa.UniqueConstraint("code", name="uq_promotion_code"),
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performance.id"], name="fk_promotion_performance_id"
        ),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_promotion_spent_not_negative")),
        sa.CheckConstraint(
            "budget IS NULL OR spent <= budget", name=op.f("ck_promotion_within_budget")
        ),
    )
    op.create_table(
        "promotion_use",
        sa.Column("order_id", sa.String, nullable=False),
        sa.Column("promotion_id", sa.String, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("released_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("order_id", name="pk_promotion_use"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_promotion_use_order_id"),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotion.id"], name="fk_promotion_use_promotion_id"
        ),
    )
    op.create_index("ix_promotion_use_promotion_id", "promotion_use", ["promotion_id"])
    op.create_table(
        "wrong_code",
        sa.Column("who", sa.String, nullable=False),
        sa.Column("hour", sa.BigInteger, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("who", "hour", name="pk_wrong_code"),
    )


def downgrade() -> None:
    for table in ("wrong_code", "promotion_use", "promotion", "early_price"):
        op.drop_table(table)
    with op.batch_alter_table("funder") as funder:
        funder.drop_column("promised")
    with op.batch_alter_table("ticket_type") as kind:
        for column in ("sold_until", "sold_from", "most", "least", "proof"):
            kind.drop_column(column)
