"""What must always be true of orders, money and the ledger."""

from ticketing.ledger.models import Account
from ticketing.reports.rule import Invariant, debits, equal, live, zero

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
        "payment_posted_once",
        "A payment that succeeded is in the books once, with its amount.",
        equal("entry",
              "SELECT entry, amount FROM posting WHERE entry LIKE 'payment:%'",
              "SELECT 'payment:' || id AS entry, COALESCE(received, amount) AS amount FROM payment"
              " WHERE status = 'succeeded'"),
    ),
    Invariant(
        "refund_posted_once",
        "A refund is owed in the books once, with its amount.",
        equal("entry",
              "SELECT entry, amount FROM posting WHERE entry LIKE 'refund:%'",
              "SELECT 'refund:' || id AS entry, amount FROM refund"),
    ),
    Invariant(
        "refunds_payable",
        "What is owed back to buyers is what was not given back yet, or came back.",
        equal("order_id",
              debits("order_id", Account.REFUNDS_PAYABLE),
              "SELECT order_id, covered - amount AS amount FROM refund"
              " WHERE status IN ('owed', 'failed')"),
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
        "refund_is_of_its_lines",
        "A refund of returned tickets is what went back of their lines, but for what had gone before.",
        equal("id",
              "SELECT refund_id AS id, amount FROM returned_line WHERE refund_id IS NOT NULL"
              " UNION ALL SELECT r.id AS id, -p.amount AS amount FROM refund r JOIN posting p"
              " ON p.entry = 'return:' || r.id WHERE p.credit = 'losses'",
              "SELECT id, amount FROM refund WHERE reason NOT IN ('not_fulfilled', 'found')"),
    ),
    Invariant(
        "never_more_back_than_paid",
        "What went back of a payment, and what a bank kept, is never more than what came in.",
        "SELECT p.id FROM payment p LEFT JOIN (SELECT payment_id, SUM(amount - covered) AS back"
        " FROM refund WHERE status <> 'owed' GROUP BY payment_id) r ON r.payment_id = p.id"
        " LEFT JOIN (SELECT payment_id, SUM(amount) AS kept FROM dispute WHERE status = 'lost'"
        " GROUP BY payment_id) d ON d.payment_id = p.id"
        " WHERE COALESCE(r.back, 0) + COALESCE(d.kept, 0) > COALESCE(p.received, p.amount)",
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
    Invariant(
        "movements_posted",
        "A provider's fees and payouts are in the books as it told them.",
        equal("entry",
              "SELECT entry, CASE WHEN debit = 'provider_clearing' THEN -amount ELSE amount END"
              " AS amount FROM posting WHERE entry LIKE 'movement:%'",
              "SELECT 'movement:' || gateway || ':' || reference AS entry,"
              " fee - CASE WHEN category = 'payout' THEN amount ELSE 0 END AS amount"
              " FROM provider_movement"),
    ),
    Invariant(
        "disputed",
        "What is disputed in the books are the disputes that are open.",
        equal("order_id",
              debits("order_id", Account.DISPUTED),
              "SELECT p.order_id AS order_id, d.amount AS amount FROM dispute d"
              " JOIN payment p ON p.id = d.payment_id WHERE d.status = 'open'"),
    ),
    Invariant(
        "drawer_is_empty",
        "A drawer that is closed has handed in all its cash.",
        "SELECT d.id FROM drawer d JOIN posting p ON p.drawer_id = d.id WHERE d.closed_at IS NOT NULL"
        " GROUP BY d.id HAVING SUM(CASE WHEN p.debit = 'cash' THEN p.amount ELSE -p.amount END) <> 0",
    ),
    Invariant(
        "drawer_adds_up",
        "What a drawer handed in is what was counted at its end less what was counted at its beginning.",
        equal("id",
              "SELECT id, closing - opening AS amount FROM drawer WHERE closed_at IS NOT NULL",
              "SELECT drawer_id AS id, CASE WHEN debit = 'bank' THEN amount ELSE -amount END AS amount"
              " FROM posting WHERE entry LIKE 'drawer:%' AND 'bank' IN (debit, credit)"),
    ),
    Invariant(
        "money_kept",
        "What lies in the drawer and at the provider is what was paid less what went back or is disputed.",
        equal("order_id",
              debits("order_id", Account.CASH, Account.DESK_CLEARING, Account.PROVIDER_CLEARING),
              "SELECT order_id, COALESCE(received, amount) AS amount FROM payment"
              " WHERE status = 'succeeded'"
              " UNION ALL SELECT order_id, -amount FROM refund"
              " WHERE status IN ('pending', 'succeeded')"
              " UNION ALL SELECT p.order_id, -d.amount FROM dispute d"
              " JOIN payment p ON p.id = d.payment_id WHERE d.status <> 'won'"),
    ),
]  # fmt: skip
