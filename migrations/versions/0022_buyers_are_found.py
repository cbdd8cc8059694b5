"""A buyer's name as it is looked for: whatever its case, accents and composition, on both databases."""

import sqlalchemy as sa
from alembic import op

from ticketing.foundation.folding import folded

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ORDERS = sa.table("orders", sa.column("id"), sa.column("buyer_name"), sa.column("buyer_folded"))


def upgrade() -> None:
    op.add_column("orders", sa.Column("buyer_folded", sa.String, server_default="", nullable=False))
    connection = op.get_bind()
    named = sa.select(ORDERS.c.id, ORDERS.c.buyer_name).where(ORDERS.c.buyer_name != "")
    for order_id, name in connection.execute(named).all():
        found = {"buyer_folded": folded(name)}
        connection.execute(sa.update(ORDERS).where(ORDERS.c.id == order_id).values(found))


def downgrade() -> None:
    op.drop_column("orders", "buyer_folded")
