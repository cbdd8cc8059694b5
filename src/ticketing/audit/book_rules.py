"""What must always be true of orders and of what they are worth: prices, subsidies, revenue, fees."""

from ticketing.audit.rule import Invariant, debits, equal, live, zero
from ticketing.ledger.models import Account

BOOK_RULES = [
    Invariant(
        "order_adds_up",
        "An order's total is what its lines cost.",
        equal("id", "SELECT id, total AS amount FROM orders",
              "SELECT order_id AS id, paid AS amount FROM order_line"),
    ),
    Invariant(
        "line_adds_up",
        "The face price of a line is discount + funded + paid.",
        "SELECT id FROM order_line WHERE face <> discount + funded + paid",
    ),
    Invariant(
        "postings_are_moves",
        "A posting moves an amount above 0 from one account to another.",
        "SELECT entry, line FROM posting WHERE amount <= 0 OR debit = credit",
    ),
    Invariant(
        "sale_posted_once",
        "A paid order is in the books once: what was paid and what is funded.",
        equal("entry",
              "SELECT entry, amount FROM posting WHERE entry LIKE 'sale:%'",
              "SELECT 'sale:' || o.id AS entry, l.paid + l.funded AS amount FROM orders o"
              " JOIN order_line l ON l.order_id = o.id WHERE o.paid_at IS NOT NULL"),
    ),
    Invariant(
        "deferred_or_earned",
        "What a performance has deferred or earned is face less discount of its live tickets.",
        equal("performance_id",
              live("discount - face"),
              debits("performance_id", Account.DEFERRED_REVENUE, Account.TICKET_REVENUE)),
    ),
    Invariant(
        "earned_when_played",
        "Nothing is earned before the performance is over, nor where it was cancelled before.",
        "SELECT x.entry FROM posting x JOIN performance p ON p.id = x.performance_id"
        " WHERE 'ticket_revenue' IN (x.debit, x.credit)"
        " AND (x.at < p.ends_at OR p.cancelled_at < p.ends_at)",
    ),
    Invariant(
        "subsidy_receivable",
        "Funders owe the funded part of a performance's live tickets.",
        equal("performance_id",
              live("funded"),
              debits("performance_id", Account.SUBSIDY_RECEIVABLE)),
    ),
    Invariant(
        "customer_clearing",
        "No order's money is left between its payment and its sale.",
        zero("order_id", debits("order_id", Account.CUSTOMER_CLEARING)),
    ),
    Invariant(
        "return_posted_once",
        "What was given up is in the books once: what was paid, what was funded, what stayed as fee.",
        equal("order_id",
              "SELECT order_id, amount FROM posting WHERE entry LIKE 'return:%'"
              " AND credit <> 'losses'",
              "SELECT r.order_id, l.paid + l.funded + r.fee AS amount FROM returned_line r"
              " JOIN order_line l ON l.id = r.line_id"),
    ),
    Invariant(
        "returned_line_adds_up",
        "What went back of a line and what stayed is what was paid for it.",
        "SELECT r.line_id FROM returned_line r JOIN order_line l ON l.id = r.line_id"
        " WHERE r.amount + r.fee <> l.paid",
    ),
    Invariant(
        "return_fees",
        "The fees in the books are those of the lines given up.",
        equal("order_id",
              "SELECT order_id, -fee AS amount FROM returned_line",
              debits("order_id", Account.RETURN_FEES)),
    ),
    Invariant(
        "funds_promised",
        "A funder has promised the funded part of the orders that live, less what came back.",
        equal("id",
              "SELECT id, promised AS amount FROM funder",
              "SELECT l.funder_id AS id, l.funded AS amount FROM order_line l"
              " JOIN orders o ON o.id = l.order_id LEFT JOIN returned_line r ON r.line_id = l.id"
              " WHERE o.status IN ('awaiting_payment', 'expiring', 'paid') AND r.line_id IS NULL"
              " AND l.funder_id IS NOT NULL"),
    ),
    Invariant(
        "funds_within_cap",
        "No funder has promised more than its cap.",
        "SELECT id FROM funder WHERE promised > cap",
    ),
    Invariant(
        "promotion_spent",
        "A code has spent the discounts of the orders that live, within its budget.",
        equal("id",
              "SELECT id, spent AS amount FROM promotion",
              "SELECT promotion_id AS id, amount FROM promotion_use WHERE released_at IS NULL"),
    ),
]  # fmt: skip
