"""What earlier steps counted from their own day on, counted from the rows that were there before.

A house of before 0008 had promised its funders' money already; one of before 0007 had cancelled orders, whose lines
were given up; one of before 0006 booked a refund and its payment under one name.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PROMISED = """
UPDATE funder SET promised = (
    SELECT COALESCE(SUM(l.funded), 0) FROM order_line l JOIN orders o ON o.id = l.order_id
    LEFT JOIN returned_line r ON r.line_id = l.id
    WHERE l.funder_id = funder.id AND r.line_id IS NULL
    AND o.status IN ('awaiting_payment', 'expiring', 'paid'))"""
GIVEN_UP = """
INSERT INTO returned_line
    (line_id, order_id, refund_id, amount, fee, reason, returned_at, returned_by)
SELECT l.id, o.id, (SELECT MIN(f.id) FROM refund f WHERE f.order_id = o.id AND f.reason = 'cancelled'),
    l.paid, 0, 'cancelled', o.cancelled_at, COALESCE(
        (SELECT MIN(d.by) FROM diary d WHERE d.subject = o.id AND d.verb = 'order.cancelled'), '')
FROM orders o JOIN order_line l ON l.order_id = o.id
JOIN ticket t ON t.line_id = l.id AND t.order_id = o.id
LEFT JOIN returned_line r ON r.line_id = l.id
WHERE o.status = 'cancelled' AND t.void_reason = 'cancelled' AND r.line_id IS NULL"""
REPAID = """
UPDATE posting SET entry = 'repaid:' || SUBSTR(entry, 8), line = 0
WHERE entry LIKE 'refund:%' AND debit = 'refunds_payable'"""


def upgrade() -> None:
    for statement in (GIVEN_UP, PROMISED, REPAID):
        op.execute(statement)


def downgrade() -> None:
    """What was true before is true still."""
