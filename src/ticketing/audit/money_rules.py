"""What must always be true of money that moved: payments, refunds, disputes, providers, drawers."""

from ticketing.audit.rule import Invariant, debits, equal
from ticketing.ledger.models import AT_HAND, Account

MONEY_RULES = [
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
              debits("order_id", *AT_HAND),
              "SELECT order_id, COALESCE(received, amount) AS amount FROM payment"
              " WHERE status = 'succeeded'"
              " UNION ALL SELECT order_id, -amount FROM refund"
              " WHERE status IN ('pending', 'succeeded')"
              " UNION ALL SELECT p.order_id, -d.amount FROM dispute d"
              " JOIN payment p ON p.id = d.payment_id WHERE d.status <> 'won'"),
    ),
]  # fmt: skip
