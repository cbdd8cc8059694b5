"""What must always be true of seats, tickets and the door."""

from ticketing.audit.rule import Invariant, equal

SEAT_RULES = [
    Invariant(
        "one_live_ticket",
        "A seat has at most one live ticket.",
        "SELECT performance_id, seat_id FROM ticket WHERE voided_at IS NULL"
        " GROUP BY performance_id, seat_id HAVING COUNT(*) > 1",
    ),
    Invariant(
        "ticket_has_its_seat",
        "The seat of a live ticket is sold to the ticket's order.",
        "SELECT t.id FROM ticket t LEFT JOIN performance_seat s ON s.seat_id = t.seat_id"
        " AND s.performance_id = t.performance_id AND s.order_id = t.order_id"
        " WHERE t.voided_at IS NULL AND s.seat_id IS NULL",
    ),
    Invariant(
        "seat_has_its_ticket",
        "A sold seat has a live ticket of the same order.",
        "SELECT s.performance_id, s.seat_id FROM performance_seat s"
        " LEFT JOIN ticket t ON t.performance_id = s.performance_id AND t.seat_id = s.seat_id"
        " AND t.order_id = s.order_id AND t.voided_at IS NULL"
        " WHERE s.order_id IS NOT NULL AND t.id IS NULL",
    ),
    Invariant(
        "paid_order_has_its_tickets",
        "Each line of a paid order has a ticket, live or void.",
        "SELECT o.id, l.seat_id FROM orders o JOIN order_line l ON l.order_id = o.id"
        " LEFT JOIN ticket t ON t.line_id = l.id AND t.order_id = o.id"
        " WHERE o.status = 'paid' AND t.id IS NULL",
    ),
    Invariant(
        "void_ticket_was_given_up",
        "A line is given up when its ticket is void, and only then.",
        "SELECT t.line_id FROM ticket t LEFT JOIN returned_line r ON r.line_id = t.line_id"
        " WHERE (t.voided_at IS NULL OR t.void_reason = 'unpaid') <> (r.line_id IS NULL)",
    ),
    Invariant(
        "paid_ticket_is_valid",
        "No ticket of a paid order is left as reserved.",
        "SELECT t.id FROM ticket t JOIN orders o ON o.id = t.order_id"
        " WHERE t.void_reason = 'unpaid' AND o.status IN ('paid', 'cancelled')",
    ),
    Invariant(
        "ticket_is_paid_for",
        "A live ticket belongs to a paid order.",
        "SELECT t.id FROM ticket t JOIN orders o ON o.id = t.order_id"
        " WHERE t.voided_at IS NULL AND o.status <> 'paid'",
    ),
    Invariant(
        "sold_or_kept",
        "No seat is both sold and kept by the house.",
        "SELECT performance_id, seat_id FROM performance_seat"
        " WHERE order_id IS NOT NULL AND allocation IS NOT NULL",
    ),
    Invariant(
        "kept_as_written",
        "A seat is kept for the allocation that has it written down and has not let it go.",
        "SELECT seat FROM ("
        " SELECT s.allocation || ':' || s.seat_id AS seat FROM performance_seat s"
        " WHERE s.allocation IS NOT NULL"
        " UNION ALL SELECT allocation_id || ':' || seat_id AS seat FROM allocated_seat"
        " WHERE released_at IS NULL) AS both_sides GROUP BY seat HAVING COUNT(*) <> 2",
    ),
    Invariant(
        "comp_is_approved",
        "A free ticket of the house has its order's approver.",
        "SELECT l.id FROM order_line l LEFT JOIN comp c ON c.order_id = l.order_id"
        " WHERE l.ticket_type = 'comp' AND c.order_id IS NULL",
    ),
    Invariant(
        "hold_ordered_once",
        "No two orders come from one hold.",
        "SELECT hold_id FROM orders GROUP BY hold_id HAVING COUNT(*) > 1",
    ),
    Invariant(
        "quota_counts_each_hold",
        "A quota counts no fewer holds than the hour before its newest one has.",
        "SELECT q.performance_id, q.who FROM hold_quota q WHERE q.used < ("
        " SELECT COUNT(*) FROM hold h WHERE h.performance_id = q.performance_id"
        " AND q.who IN (h.client, h.network) AND h.ordered_at IS NULL"
        " AND (h.released_at IS NULL OR h.released_at - h.placed_at >= 60000)"
        " AND h.placed_at > (SELECT MAX(n.placed_at) FROM hold n"
        " WHERE n.performance_id = q.performance_id AND q.who IN (n.client, n.network)) - 3600000)",
    ),
    Invariant(
        "headcount_is_right",
        "The headcount of a performance is its live tickets.",
        equal("performance_id", "SELECT performance_id, live AS amount FROM headcount",
              "SELECT performance_id, 1 AS amount FROM ticket WHERE voided_at IS NULL"),
    ),
    Invariant(
        "not_oversold",
        "Live tickets never pass the approved number.",
        "SELECT performance_id FROM headcount WHERE live > approved",
    ),
    Invariant(
        "admitted_once",
        "A ticket is admitted once for each entry.",
        "SELECT ticket_id, entry FROM scan WHERE verdict = 'admitted'"
        " GROUP BY ticket_id, entry HAVING COUNT(*) > 1",
    ),
    Invariant(
        "admitted_where_it_belongs",
        "A ticket is admitted to its own performance.",
        "SELECT s.nonce FROM scan s LEFT JOIN ticket t ON t.id = s.ticket_id"
        " WHERE s.verdict = 'admitted' AND (t.id IS NULL OR t.performance_id <> s.performance_id)",
    ),
]  # fmt: skip
