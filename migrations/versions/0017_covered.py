"""A refund that could not be given back, and had left before without our asking."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("refund") as refund:
        refund.add_column(sa.Column("covered", sa.BigInteger, nullable=False, server_default="0"))
        refund.create_check_constraint(
            op.f("ck_refund_covered_in_part"), "covered >= 0 AND covered <= amount"
        )


def downgrade() -> None:
    with op.batch_alter_table("refund") as refund:
        refund.drop_constraint(op.f("ck_refund_covered_in_part"), type_="check")
        refund.drop_column("covered")
