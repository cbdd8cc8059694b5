"""Fewer and smaller indexes: an order wrote fifty pages on SQLite, and its seats were not found by
their hold."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = (
    ("ix_performance_seat_hold", "performance_seat", ["performance_id", "hold_id"]),
    ("ix_orders_performance_id", "orders", ["performance_id"]),
    ("ix_orders_status_pay_by", "orders", ["status", "pay_by"]),
    ("ix_orders_buyer_phone", "orders", ["performance_id", "buyer_phone"]),
    ("ix_orders_buyer_email", "orders", ["performance_id", "buyer_email"]),
    ("ix_order_line_order_id", "order_line", ["order_id"]),
    ("ix_order_line_performance_id", "order_line", ["performance_id"]),
    ("ix_ticket_line_id", "ticket", ["line_id"]),
)
SOME = (
    ("ix_orders_pay_by", ["pay_by"], "status = 'awaiting_payment'"),
    ("ix_orders_buyer_phone", ["performance_id", "buyer_phone"], "buyer_phone <> ''"),
    ("ix_orders_buyer_email", ["performance_id", "buyer_email"], "buyer_email <> ''"),
)


def upgrade() -> None:
    for name, table, _ in BEFORE:
        op.drop_index(name, table)
    op.create_index("ix_performance_seat_hold_id", "performance_seat", ["hold_id"])
    for name, columns, where in SOME:
        some = sa.text(where)
        op.create_index(name, "orders", columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    for name, _, _ in SOME:
        op.drop_index(name, "orders")
    op.drop_index("ix_performance_seat_hold_id", "performance_seat")
    for name, table, columns in BEFORE:
        op.create_index(name, table, columns)
